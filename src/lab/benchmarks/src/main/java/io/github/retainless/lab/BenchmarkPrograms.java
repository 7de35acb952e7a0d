package io.github.retainless.lab;

import io.github.retainless.lab.benchmark.FootprintCost;
import io.github.retainless.lab.benchmark.KeptFutures;
import io.github.retainless.lab.benchmark.SuiteCost;
import io.github.retainless.lab.benchmark.Throughput;
import io.github.retainless.lab.benchmark.TrackingCost;
import io.github.retainless.lab.benchmark.VerdictTime;
import io.github.retainless.lab.peers.PeerComparison;
import io.github.retainless.lab.peers.Race;
import io.github.retainless.testing.Programs;
import io.github.retainless.testing.Programs.Program;
import java.util.Map;
import java.util.TreeMap;

/** The programs of this module. The table in the README of the lab says what each shows. */
public final class BenchmarkPrograms {
    static final Map<String, Program> ALL = new TreeMap<>(Map.of(
            "footprint", Program.of(FootprintCost::main, "full"),
            "jmh", Program.of(org.openjdk.jmh.Main::main, "-prof gc"),
            "memory", Program.of(KeptFutures::main, "full"),
            "peers", Program.of(PeerComparison::main, "100", "3", "small big"),
            "race", Program.of(Race::main, "3", "1", "60", "target/shark-growth"),
            "suite", Program.of(SuiteCost::main, "full"),
            "throughput", Program.of(Throughput::main, "full"),
            "tracking", Program.of(TrackingCost::main, "full"),
            "verdict-time", Program.of(VerdictTime::main, "full")));

    private BenchmarkPrograms() {}

    /** Takes the name of a program and its arguments. */
    public static void main(String[] arguments) throws Exception {
        Programs.run(ALL, arguments);
    }
}
