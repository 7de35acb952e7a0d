package io.github.retainless.lab.benchmark;

import io.github.retainless.experiment.RetentionExperiment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Locale;

/**
 * The heap in use while an experiment is under way, after a round that has proven who is left, against that of the same
 * failures without an experiment. Prints rows of a table.
 */
final class TrackedHeap {
    private static final int ROUNDS = 4;
    private static final int FEW = 1_000;

    /** Serial leaves dead objects in place in the others. */
    private static final int COLLECTIONS_TO_COMPACT = 4;

    private final int failures;
    private final Exception[] kept;
    private int made;
    private long inUse;

    private TrackedHeap(int failures, boolean keeps) {
        this.failures = failures;
        this.kept = new Exception[keeps ? failures : 0];
    }

    /** Without a stack, so that many fit; what is kept per failure does not depend on it. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /** Arguments: how many failures, the name of the collector. */
    public static void main(String[] arguments) {
        int failures = Integer.parseInt(arguments[0]);
        new TrackedHeap(FEW, true).bytes(); // what is loaded once is not counted
        for (boolean keeps : new boolean[] {false, true}) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %s | %.1f |",
                    failures,
                    keeps ? "all" : "none",
                    arguments[1],
                    bytesPerFailure(failures, keeps)));
        }
    }

    /** Without what an experiment takes however few there are. */
    private static double bytesPerFailure(int failures, boolean keeps) {
        long few = new TrackedHeap(FEW, keeps).bytes();
        return (double) (new TrackedHeap(failures, keeps).bytes() - few) / (failures - FEW);
    }

    private long bytes() {
        long empty = inUse();
        for (int i = 0; i < failures; i++) {
            try {
                fail();
            } catch (Refused expected) {
                // Kept, or not.
            }
        }
        long bare = inUse() - empty;
        Arrays.fill(kept, null);
        made = 0;
        long before = inUse();
        RetentionExperiment.of(this::fail)
                .warmup(0)
                .failures(failures / ROUNDS)
                .rounds(ROUNDS)
                .budget(1)
                .explainUnless(report -> true)
                .onRound(round -> inUse = round.number() == ROUNDS ? inUse() : inUse)
                .run();
        Reference.reachabilityFence(kept);
        return inUse - before - bare;
    }

    private void fail() throws Refused {
        Refused failure = new Refused();
        if (made < kept.length) {
            kept[made++] = failure;
        }
        throw failure;
    }

    private static long inUse() {
        for (int i = 0; i < COLLECTIONS_TO_COMPACT; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
