package io.github.retainless.lab.benchmark;

import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What weighing costs: the footprint meter against a plain walk and against JOL's own, as a Markdown table. Each graph
 * has a JVM of its own, in which all three walk it in turns.
 */
public final class FootprintCost {
    private FootprintCost() {}

    /** Takes {@code quick} or {@code full}, the default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thoroughness thoroughness = Thoroughness.of(arguments);
        System.out.printf("%s, %d turns%n%n", Machine.description(), thoroughness.pairs());
        System.out.println("| graph | objects | bytes | meter, ms | plain, ms | JOL, ms | meter / plain | JOL / meter"
                + " | bytes against plain | bytes against JOL |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Graph graph : Graph.values()) {
            ChildJvm.runAttached(flags(), WalkedGraph.class, graph.name(), thoroughness.name());
        }
    }

    private static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-Xms1g", "-Xmx1g"));
        flags.addAll(PlainWalk.FLAGS);
        // Or JOL gives up at records and lambdas, forks JVMs to look at this one, and is warned about.
        flags.add("-Djol.magicFieldOffset=true");
        flags.add("-Djol.skipHotspotSAAttach=true");
        if (Runtime.version().feature() >= 24) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
