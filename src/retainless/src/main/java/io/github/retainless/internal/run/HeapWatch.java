package io.github.retainless.internal.run;

import io.github.retainless.experiment.HeapGain;
import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.internal.heap.ClassHistogram;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.heap.HeapUse;
import io.github.retainless.internal.verdict.HeapTrend;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the heap holds besides what is watched. There is one heap for all experiments in a JVM, so it tells
 * something only while there is but one.
 */
final class HeapWatch implements AutoCloseable {
    /** Growth is told when it went on for so many times the attempts asked for. */
    private static final int TIMES_ASKED = 4;

    private static final AtomicLong BEGUN = new AtomicLong();
    private static final AtomicInteger RUNNING = new AtomicInteger();

    private final long enough;
    private final HeapGrowth mode;
    private final long begun;
    private HeapTrend trend = new HeapTrend(HeapUse.noise(), 0);
    private long failures;
    private long failuresBefore;
    private long accounted;
    private long accountedBefore;
    private @Nullable ClassHistogram before;

    /**
     * Begins an experiment.
     *
     * @param asked how many attempts are asked for
     * @param limit how many may be made
     */
    HeapWatch(HeapGrowth mode, long asked, long limit) {
        this.mode = mode;
        enough = mode == HeapGrowth.FAIL ? limit : Math.min(TIMES_ASKED * asked, limit);
        RUNNING.incrementAndGet();
        begun = BEGUN.incrementAndGet();
    }

    /** Starts over, for attempts that fail, of which each adds so many bytes anyway. */
    void startOver(long perAttemptAnyway) {
        trend = new HeapTrend(HeapUse.noise(), perAttemptAnyway);
    }

    /**
     * The heap has just been collected, after so many attempts.
     *
     * @param accounted how many bytes of it are known not to be meant, or {@link HeapUse#UNKNOWN}
     */
    void sawCollection(long attempts, long accounted) throws InterruptedException {
        failures = attempts;
        this.accounted = accounted;
        boolean isAlone = RUNNING.get() == 1 && BEGUN.get() == begun;
        if (isAlone && (mode == HeapGrowth.FAIL || before != null)) {
            // It takes time, so otherwise only once there is a suspicion.
            HeapCollector.shared().compact();
        }
        long held = HeapUse.afterCollection();
        if (isAlone && held != HeapUse.UNKNOWN && accounted != HeapUse.UNKNOWN) {
            trend.add(attempts, held - accounted - (before == null ? 0 : before.bytes()));
        } else {
            trend.addUnknown();
        }
    }

    /** How many more attempts it takes to be sure; 0 if it is clear. */
    long more() {
        if (trend.bytesPerFailure() == 0 || failures >= enough) {
            return 0;
        }
        if (before == null) {
            before = ClassHistogram.take();
            failuresBefore = failures;
            accountedBefore = accounted;
        }
        return Math.min(failures, enough - failures);
    }

    /** How the heap grows. Takes a while if it does. */
    HeapGain gain() {
        long bytes = trend.bytesPerFailure();
        if (bytes == 0) {
            return HeapGain.NONE;
        }
        ClassHistogram then = before;
        if (then == null || failures == failuresBefore) {
            return new HeapGain(bytes, failures, 0, List.of());
        }
        ClassHistogram now = ClassHistogram.take();
        return isRefuted(then, now)
                ? HeapGain.NONE
                : new HeapGain(bytes, failures, failures - failuresBefore, now.gainsSince(then));
    }

    /**
     * What the heap held after a collection may have been another one's, or been counted in whole regions; objects are
     * what they are.
     */
    private boolean isRefuted(ClassHistogram then, ClassHistogram now) {
        long more = now.total() - then.total() - then.bytes() - (accounted - accountedBefore);
        return now.total() > 0 && !trend.isConfirmedBy(more, failures - failuresBefore);
    }

    /** How many bytes each attempt has added since the last start. */
    long bytesPerAttempt() {
        return trend.bytesPerAttempt();
    }

    /** Whether that the heap grows would be a failure, but nobody can tell. */
    boolean isBlind() {
        return mode == HeapGrowth.FAIL && !trend.isKnown();
    }

    boolean fails() {
        return mode == HeapGrowth.FAIL && gain().bytesPerFailure() > 0;
    }

    @Override
    public void close() {
        RUNNING.decrementAndGet();
    }
}
