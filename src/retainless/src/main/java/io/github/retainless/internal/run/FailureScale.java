package io.github.retainless.internal.run;

import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.internal.heap.AnatomyMeter;
import io.github.retainless.internal.heap.AnatomyMeter.Weight;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weighs failures when they happen, on the thread on which they are seen. Holds none of them.
 *
 * <p>What the outside reaches takes long to look through, so that is done only for a failure that might be the
 * heaviest: one that reaches more than the heaviest weighs, and more than any of its class that was looked at so
 * before.
 */
final class FailureScale {
    private static final long MOST_NANOS = 10_000_000_000L;

    private final AnatomyMeter meter;
    private final @Nullable Object[] outside;
    private final Map<String, Long> reached = new HashMap<>();
    private FailureWeights weights = FailureWeights.NONE;
    private long nanos;

    FailureScale(@Nullable Object[] outside) {
        this(outside, new AnatomyMeter());
    }

    FailureScale(@Nullable Object[] outside, AnatomyMeter meter) {
        this.outside = outside;
        this.meter = meter;
    }

    synchronized FailureWeights weights() {
        return weights;
    }

    void weigh(Throwable failure) {
        if (!isToBeWeighed()) {
            return;
        }
        long start = System.nanoTime();
        try {
            Weight atMost = meter.weighAtMost(failure, outside);
            if (!mayBeHeaviest(atMost)) {
                weighed();
            } else {
                Optional<Weight> weight = meter.weigh(failure, outside);
                weight.ifPresent(this::weighed);
            }
        } catch (StackOverflowError | OutOfMemoryError | LinkageError | RuntimeException ignored) {
            // The failure is the subject's all the same; that it was seen, but not weighed, is known.
        } finally {
            spent(System.nanoTime() - start);
        }
    }

    /** Once the time is spent, fewer and fewer. */
    private synchronized boolean isToBeWeighed() {
        long seen = weights.seen() + 1;
        weights = new FailureWeights(seen, weights.weighed(), weights.heaviest(), weights.truncated());
        return nanos < MOST_NANOS || Long.bitCount(seen) == 1;
    }

    private synchronized boolean mayBeHeaviest(Weight atMost) {
        long bytes = atMost.truncated() ? Long.MAX_VALUE : atMost.anatomy().bytes();
        String type = atMost.anatomy().type();
        if (weights.heaviest() != null && bytes <= Math.max(weights.most(), reached.getOrDefault(type, -1L))) {
            return false;
        }
        reached.put(type, bytes);
        return true;
    }

    private synchronized void weighed() {
        weights = new FailureWeights(weights.seen(), weights.weighed() + 1, weights.heaviest(), weights.truncated());
    }

    private synchronized void weighed(Weight weight) {
        boolean isHeaviest = weights.heaviest() == null || weight.anatomy().bytes() > weights.most();
        weights = new FailureWeights(
                weights.seen(),
                weights.weighed() + 1,
                isHeaviest ? weight.anatomy() : weights.heaviest(),
                isHeaviest ? weight.truncated() : weights.truncated());
    }

    private synchronized void spent(long more) {
        nanos += more;
    }
}
