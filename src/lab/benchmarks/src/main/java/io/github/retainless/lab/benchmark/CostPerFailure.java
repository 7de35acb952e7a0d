package io.github.retainless.lab.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.github.retainless.experiment.RetentionExperiment;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The time an attempt takes in an experiment, from the beginning of the first to the beginning of the last of a round,
 * and the same failures in a bare loop, in turns. What comes between the rounds, the collections above all, is not in
 * it, but in the time of the whole experiment. Prints a row of a table for each power of ten.
 */
final class CostPerFailure {
    private static final int ROUNDS = 4;
    private static final int FEWEST = 1_000;

    /** So many failures are made for each row, by as many experiments as that takes. */
    private static final int PER_ROW = 200_000;

    private static final OperatingSystemMXBean JVM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final int perRound;
    private int made;
    private long firstNanos;
    private long firstCpuNanos;
    private long roundNanos;
    private long roundCpuNanos;
    private long rounds;

    private CostPerFailure(int failures) {
        this.perRound = failures / ROUNDS;
    }

    private record Pair(CostPerFailure bare, CostPerFailure watched, double experimentMillis) {
        double ratio() {
            return watched.nanosPerFailure() / bare.nanosPerFailure();
        }
    }

    /** Argument: the most failures of an experiment. */
    public static void main(String[] arguments) {
        int most = Integer.parseInt(arguments[0]);
        pairs(PER_ROW / 10, 5);
        for (int failures = FEWEST; failures <= most; failures *= 10) {
            row(failures, pairs(failures, Math.max(3, Math.min(50, PER_ROW / failures))));
        }
    }

    private static List<Pair> pairs(int failures, int count) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CostPerFailure bare = new CostPerFailure(failures);
            bare.loop();
            CostPerFailure watched = new CostPerFailure(failures);
            long start = System.nanoTime();
            RetentionExperiment.of(watched::fail)
                    .warmup(0)
                    .failures(watched.perRound)
                    .rounds(ROUNDS)
                    .run();
            pairs.add(new Pair(bare, watched, (System.nanoTime() - start) / 1e6));
        }
        return pairs;
    }

    private void loop() {
        for (int i = 0; i < perRound * ROUNDS; i++) {
            try {
                fail();
            } catch (Declined expected) {
                // Nobody keeps it.
            }
        }
    }

    private double nanosPerFailure() {
        return (double) roundNanos / rounds / (perRound - 1);
    }

    // Over all experiments of a row, as the clock of the processors' time is a coarse one.
    private static double cpuNanosPerFailure(Stream<CostPerFailure> all) {
        List<CostPerFailure> measured = all.toList();
        return measured.stream().mapToDouble(one -> one.roundCpuNanos).sum()
                / measured.stream()
                        .mapToDouble(one -> one.rounds * (one.perRound - 1))
                        .sum();
    }

    private void fail() throws Declined {
        int inRound = made++ % perRound;
        if (inRound == 0) {
            firstCpuNanos = JVM.getProcessCpuTime();
            firstNanos = System.nanoTime();
        } else if (inRound == perRound - 1) {
            roundNanos += System.nanoTime() - firstNanos;
            roundCpuNanos += JVM.getProcessCpuTime() - firstCpuNanos;
            rounds++;
        }
        throw new Declined("order declined", new byte[64]);
    }

    private static void row(int failures, List<Pair> pairs) {
        double bareCpu = cpuNanosPerFailure(pairs.stream().map(Pair::bare));
        double watchedCpu = cpuNanosPerFailure(pairs.stream().map(Pair::watched));
        System.out.println(String.format(
                Locale.ROOT,
                "| %,d | %,.0f | %,.0f | %s | %,.0f | %,.0f | %,.0f |",
                failures,
                Quartiles.of(pairs.stream().mapToDouble(pair -> pair.bare().nanosPerFailure()))
                        .median(),
                Quartiles.of(pairs.stream().mapToDouble(pair -> pair.watched().nanosPerFailure()))
                        .median(),
                Quartiles.of(pairs.stream().mapToDouble(Pair::ratio)),
                bareCpu,
                watchedCpu,
                Quartiles.of(pairs.stream().mapToDouble(Pair::experimentMillis)).median()));
    }
}
