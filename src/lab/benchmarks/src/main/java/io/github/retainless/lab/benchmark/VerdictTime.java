package io.github.retainless.lab.benchmark;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * What a verdict on a clean subject costs beyond its floor: the same failing tasks, and as many bare
 * {@code System.gc()}. Both follow each other in one JVM, in random order; each pair gives a ratio. Prints a Markdown
 * table.
 */
public final class VerdictTime {
    private static final int FAILURES = 100;
    private static final int ROUNDS = 4;
    private static final int WARM_UP = 10;

    /** Of 8 KiB each, on a list. */
    private static final int PIECE = 8 << 10;

    private final ExecutorService pool = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final Random order = new Random(4711);

    private VerdictTime() {}

    private enum Heap {
        SMALL(50, 512, 10, 40),
        BIG(1_024, 2_560, 2, 8);

        final int megabytes;
        final int limit;
        final int warmUpPairs;
        final int pairs;

        Heap(int megabytes, int limit, int warmUpPairs, int pairs) {
            this.megabytes = megabytes;
            this.limit = limit;
            this.warmUpPairs = warmUpPairs;
            this.pairs = pairs;
        }

        int pairs(Thoroughness thoroughness) {
            return thoroughness == Thoroughness.FULL ? pairs : pairs / 2;
        }
    }

    private record Pair(double floor, double verdict) {
        double ratio() {
            return verdict / floor;
        }
    }

    /** Takes {@code quick} or {@code full}, the default. */
    public static void main(String[] arguments) throws Exception {
        Thoroughness thoroughness = Thoroughness.of(arguments);
        if (arguments.length == 2) {
            new VerdictTime().row(Heap.valueOf(arguments[1]), thoroughness);
            return;
        }
        System.out.printf(
                "%s, %d failing tasks and %d collections%n%n",
                Machine.description(), WARM_UP + FAILURES * ROUNDS, ROUNDS);
        System.out.println("| in the heap | pairs | floor, ms | verdict, ms | ratio |");
        System.out.println("|---|--:|--:|--:|--:|");
        for (Heap heap : Heap.values()) {
            measure(heap, thoroughness);
        }
    }

    private static void measure(Heap heap, Thoroughness thoroughness) throws IOException, InterruptedException {
        ChildJvm.runAttached(
                List.of("-Xmx" + heap.limit + "m"),
                VerdictTime.class,
                thoroughness.name().toLowerCase(Locale.ROOT),
                heap.name());
    }

    private void row(Heap heap, Thoroughness thoroughness) throws InterruptedException {
        List<byte[]> ballast = IntStream.range(0, heap.megabytes * 128)
                .mapToObj(i -> new byte[PIECE])
                .toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = -heap.warmUpPairs; i < heap.pairs(thoroughness); i++) {
            Pair pair = pair();
            if (i >= 0) {
                pairs.add(pair);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| %d MB | %d | %.1f | %.1f | %s |%n",
                (long) ballast.size() * PIECE >> 20,
                pairs.size(),
                Quartiles.of(pairs.stream().mapToDouble(Pair::floor)).median(),
                Quartiles.of(pairs.stream().mapToDouble(Pair::verdict)).median(),
                Quartiles.of(pairs.stream().mapToDouble(Pair::ratio)));
    }

    private Pair pair() throws InterruptedException {
        if (order.nextBoolean()) {
            double floor = floor();
            return new Pair(floor, verdict());
        }
        double verdict = verdict();
        return new Pair(floor(), verdict);
    }

    private double floor() throws InterruptedException {
        long start = System.nanoTime();
        fail(WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            fail(FAILURES);
            System.gc();
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private double verdict() {
        long start = System.nanoTime();
        RetentionReport report = RetentionExperiment.of(VerdictTime::decline)
                .on(pool)
                .failures(FAILURES)
                .rounds(ROUNDS)
                .warmup(WARM_UP)
                .run();
        double millis = (System.nanoTime() - start) / 1e6;
        int collections =
                report.rounds().stream().mapToInt(round -> round.collections()).sum();
        if (report.verdict() != Verdict.RELEASED || collections < ROUNDS) {
            throw new IllegalStateException(report.toString());
        }
        return millis;
    }

    private void fail(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            try {
                pool.submit(() -> {
                            decline();
                            return null;
                        })
                        .get();
            } catch (ExecutionException declined) {
                // As expected.
            }
        }
    }

    private static void decline() throws Declined {
        throw new Declined("order declined", new byte[1024]);
    }
}
