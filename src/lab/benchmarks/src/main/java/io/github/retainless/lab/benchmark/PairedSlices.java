package io.github.retainless.lab.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.ToDoubleFunction;

/**
 * One workload: short slices with the pool alone and with the fixed executor over it, in turns, in one JVM. Prints a
 * row of a table for each number of submitters.
 */
final class PairedSlices {
    /** How many submit where the pool is compared with itself. */
    private static final int CONTROL_SUBMITTERS = 16;

    private final Workload workload;
    private final Thoroughness thoroughness;
    private final Random order = new Random(4711);

    private PairedSlices(Workload workload, Thoroughness thoroughness) {
        this.workload = workload;
        this.thoroughness = thoroughness;
    }

    private record Pair(Slice pool, Slice other) {
        double ratio() {
            return other.tasksPerSecond() / pool.tasksPerSecond();
        }

        double cpuRatio() {
            return other.tasksPerCpuSecond() / pool.tasksPerCpuSecond();
        }

        double moreBytes() {
            return other.bytesPerTask() - pool.bytesPerTask();
        }
    }

    /** Arguments: the workload and the thoroughness. */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        PairedSlices measurement = new PairedSlices(Workload.valueOf(arguments[0]), Thoroughness.valueOf(arguments[1]));
        for (int submitters : measurement.thoroughness.submitters()) {
            measurement.row(Side.FIXED, submitters);
        }
        measurement.row(Side.POOL, CONTROL_SUBMITTERS);
    }

    private void row(Side other, int count) throws InterruptedException, ExecutionException {
        List<Pair> pairs = new ArrayList<>();
        try (Submitters submitters = new Submitters(workload, count)) {
            ExecutorService pool = Side.POOL.over(submitters.pool());
            ExecutorService compared = other.over(submitters.pool());
            for (int i = 0; i < thoroughness.warmUpPairs(); i++) {
                pair(submitters, pool, compared);
            }
            for (int i = 0; i < thoroughness.pairs(); i++) {
                pairs.add(pair(submitters, pool, compared));
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %,.0f | %,.0f | %s | %s | %,.0f | %,.0f | %+,.0f |",
                other == Side.POOL ? workload.tasks() + ", *control*" : workload.tasks(),
                workload.handOver(),
                count,
                median(pairs, pair -> pair.pool().tasksPerSecond()),
                median(pairs, pair -> pair.other().tasksPerSecond()),
                Quartiles.of(pairs.stream().mapToDouble(Pair::ratio)),
                Quartiles.of(pairs.stream().mapToDouble(Pair::cpuRatio)),
                median(pairs, pair -> pair.pool().bytesPerTask()),
                median(pairs, pair -> pair.other().bytesPerTask()),
                median(pairs, Pair::moreBytes)));
    }

    // In random order, lest one side always come after a collection, a compilation or a pause of the machine's.
    private Pair pair(Submitters submitters, ExecutorService pool, ExecutorService other)
            throws InterruptedException, ExecutionException {
        if (order.nextBoolean()) {
            Slice first = submitters.slice(pool, Thoroughness.SLICE_NANOS);
            return new Pair(first, submitters.slice(other, Thoroughness.SLICE_NANOS));
        }
        Slice first = submitters.slice(other, Thoroughness.SLICE_NANOS);
        return new Pair(submitters.slice(pool, Thoroughness.SLICE_NANOS), first);
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return Quartiles.of(pairs.stream().mapToDouble(figure)).median();
    }
}
