package io.github.retainless.internal.heap;

import java.util.function.LongSupplier;

/**
 * How many objects stay when everything that goes by itself has gone.
 *
 * @param retained how many stay
 * @param proof the last collection's proof; without it {@code retained} means nothing
 * @param collections how many collections it took
 */
public record StableCount(long retained, Proof proof, int collections) {
    /** A worker may still unwind, a timer tick, an appender drain: the same count must stand for that long. */
    private static final long STABLE_MILLIS = 120;

    private static final int STABLE_CYCLES = 4;
    private static final int UNPROVEN_CYCLES = 20;
    private static final int CYCLES = 64;
    private static final long LONGEST_PAUSE_MILLIS = 64;

    /** A worker has unwound by then, nearly always. */
    private static final long GLANCE_MILLIS = 20;

    /**
     * Waits a moment and collects once; for what is going to be looked at again.
     *
     * @param collector the collector
     * @param retained counts the retained objects; must hold none of them
     */
    public static StableCount glance(HeapCollector collector, LongSupplier retained) throws InterruptedException {
        Thread.sleep(GLANCE_MILLIS);
        Proof proof = collector.collect();
        return new StableCount(retained.getAsLong(), proof, 1);
    }

    /**
     * Collects until none survives, or until the same number has stood for four proven collections and 120 ms.
     *
     * @param collector the collector
     * @param retained counts the retained objects; must hold none of them
     */
    public static StableCount settle(HeapCollector collector, LongSupplier retained) throws InterruptedException {
        return settle(collector::collect, retained, new MachineTime());
    }

    /** What collects. */
    interface Collecting {
        Proof collect() throws InterruptedException;
    }

    /** Time, and what lets it pass; tests have one of their own, in which waiting takes none. */
    interface Time {
        long nanos();

        void sleep(long millis) throws InterruptedException;
    }

    private static final class MachineTime implements Time {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }

    /** The same with another collector and time. */
    static StableCount settle(Collecting collector, LongSupplier retained, Time time) throws InterruptedException {
        long count = -1;
        long countSince = 0;
        int same = 0;
        int unproven = 0;
        long pause = 1;
        for (int cycle = 1; ; cycle++) {
            Proof proof = collector.collect();
            if (!proof.proven()) {
                unproven++;
                if (proof.hopeless() || unproven == UNPROVEN_CYCLES) {
                    return new StableCount(retained.getAsLong(), proof, cycle);
                }
            } else {
                long now = retained.getAsLong();
                same = now == count ? same + 1 : 1;
                if (same == 1) {
                    count = now;
                    countSince = time.nanos();
                }
                long stood = (time.nanos() - countSince) / 1_000_000;
                if (now == 0 || (same >= STABLE_CYCLES && stood >= STABLE_MILLIS) || cycle >= CYCLES) {
                    return new StableCount(now, proof, cycle);
                }
                if (same == STABLE_CYCLES - 1) {
                    pause = Math.max(pause, STABLE_MILLIS - stood);
                }
            }
            time.sleep(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        }
    }

    /** The same, with the collections that another look took before. */
    public StableCount after(StableCount other) {
        return new StableCount(retained, proof, collections + other.collections);
    }
}
