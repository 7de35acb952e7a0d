package io.github.retainless.lab.benchmark;

import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.util.List;

/**
 * What the fixed executor costs: tasks per second and bytes allocated per task, against the pool alone, as a Markdown
 * table.
 *
 * <p>Each workload has a JVM of its own, so that what the JIT learned from one does not colour the next.
 */
public final class Throughput {
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    private Throughput() {}

    /** Takes {@code quick} or {@code full}, the default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Thoroughness thoroughness = Thoroughness.of(arguments);
        System.out.printf(
                "JDK %s, %d processors, %d pairs of slices of %d ms%n%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                thoroughness.pairs(),
                Thoroughness.SLICE_NANOS / 1_000_000);
        System.out.println(
                "| tasks | handed over | submitters | tasks/s, pool | tasks/s, fixed | ratio | ratio per CPU second"
                        + " | B/task, pool | B/task, fixed | B/task more |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Workload workload : Workload.values()) {
            ChildJvm.runAttached(HEAP, PairedSlices.class, workload.name(), thoroughness.name());
        }
    }
}
