package io.github.retainless.lab.benchmark;

import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.util.List;

/**
 * What it costs to watch failures: memory, time, and whether a million of them fit into a small heap. Prints three
 * Markdown tables.
 */
public final class TrackingCost {
    private TrackingCost() {}

    /** Takes {@code quick}, which goes to a tenth of the failures, or {@code full}, the default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean isFull = Thoroughness.of(arguments) == Thoroughness.FULL;
        String most = isFull ? "1000000" : "100000";
        System.out.printf("%s%n%n", Machine.description());

        System.out.println("| failures | of which kept | collector | bytes the library keeps per failure |");
        System.out.println("|--:|---|---|--:|");
        for (String collector : List.of("G1", "Serial", "Z")) {
            for (String failures : isFull ? List.of("100000", "1000000") : List.of("100000")) {
                List<String> flags = List.of("-Xmx1g", "-XX:+Use" + collector + "GC");
                ChildJvm.runAttached(flags, TrackedHeap.class, failures, collector);
            }
        }

        System.out.println();
        System.out.println("| failures | subject | verdict | collections forced | time |");
        System.out.println("|--:|---|---|--:|--:|");
        for (ManyFailures.Kept kept : ManyFailures.Kept.values()) {
            ChildJvm.runAttached(List.of("-Xmx256m"), ManyFailures.class, kept.name(), most);
        }

        System.out.println();
        System.out.println(
                "| failures | bare, ns each | watched, ns each | ratio | bare, CPU ns each | watched, CPU ns each"
                        + " | whole experiment, ms |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|");
        ChildJvm.runAttached(List.of("-Xms512m", "-Xmx512m"), CostPerFailure.class, most);
    }
}
