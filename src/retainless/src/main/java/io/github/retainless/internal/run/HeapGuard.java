package io.github.retainless.internal.run;

import io.github.retainless.internal.heap.FullHeap;
import io.github.retainless.internal.units.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Ends an experiment before its attempts fill the heap, so that large payloads end in a verdict, not in a dead JVM. */
final class HeapGuard {
    private final long maxHeap;
    private final int concurrency;
    private final LongSupplier freeHeap;
    private final Collection collection;
    private final EarlyEnd earlyEnd;
    private final List<Duration> pauses;
    private long largestAttempt;
    private long mostFree;

    /** Collects the heap. */
    @FunctionalInterface
    interface Collection {
        void force() throws InterruptedException;
    }

    HeapGuard(
            long maxHeap,
            int concurrency,
            LongSupplier freeHeap,
            Collection collection,
            EarlyEnd earlyEnd,
            List<Duration> pauses) {
        this.maxHeap = maxHeap;
        this.concurrency = concurrency;
        this.freeHeap = freeHeap;
        this.collection = collection;
        this.earlyEnd = earlyEnd;
        this.pauses = pauses;
    }

    synchronized void sawAttemptOf(long bytes) {
        largestAttempt = Math.max(largestAttempt, bytes);
    }

    /** Whether so many attempts would fill more than an eighth of the heap if all they allocate were kept. */
    synchronized boolean wouldCrowd(long attempts) {
        return largestAttempt > maxHeap / 8 / Math.max(1, attempts);
    }

    /** Checks that there is room for one more attempt on each thread, after some collections if need be. */
    void check() throws InterruptedException {
        if (hasRoom()) {
            return;
        }
        if (!makesRoom()) {
            earlyEnd.becauseHeapIsFull(
                    "stopped early, with " + new ByteSize(freeHeap.getAsLong()) + " of " + new ByteSize(maxHeap)
                            + " heap free where " + concurrency
                            + (concurrency == 1 ? " attempt allocates " : " attempts allocate ")
                            + new ByteSize(concurrency * largest()),
                    FullHeap.REMEDY);
        }
    }

    /**
     * What fills the heap may be what others need for a moment, or with a collector that works beside the program what
     * they have allocated meanwhile. So that is looked at more than once.
     */
    private synchronized boolean makesRoom() throws InterruptedException {
        for (Duration pause : pauses) {
            if (hasRoom() || earlyEnd.isSet()) {
                return true;
            }
            Thread.sleep(pause.toMillis());
            collection.force();
        }
        return hasRoom();
    }

    /**
     * Finding out who fills the heap takes some room, too, and not all that is free can be used: no survivor space is.
     * But what attempts allocate is more than they hold: where about as much is free as ever was, they leave nothing.
     */
    private synchronized boolean hasRoom() {
        long free = freeHeap.getAsLong();
        mostFree = Math.max(mostFree, free);
        long enoughForAll = concurrency * (largestAttempt + largestAttempt / 4);
        return free > Math.max(maxHeap / 10, Math.min(enoughForAll, mostFree - largestAttempt / 2));
    }

    private synchronized long largest() {
        return largestAttempt;
    }
}
