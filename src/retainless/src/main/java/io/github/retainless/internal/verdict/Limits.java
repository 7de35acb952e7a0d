package io.github.retainless.internal.verdict;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.units.ByteSize;

/**
 * What a task may keep when it is bounded.
 *
 * @param maxRetained how many failures at the most
 * @param maxFootprint how much memory at the most
 * @param maxFailureSize how much one failure may weigh when it happens, also if it is not kept
 */
public record Limits(long maxRetained, ByteSize maxFootprint, ByteSize maxFailureSize) {
    private static final ByteSize ANY_SIZE = new ByteSize(Long.MAX_VALUE);

    /** No limits: whatever is bounded may be kept, and a failure may weigh anything. */
    public static final Limits NONE = new Limits(Long.MAX_VALUE, ANY_SIZE, ANY_SIZE);

    /** The same with another number of failures that may be kept. */
    public Limits withMaxRetained(long maxRetained) {
        return new Limits(maxRetained, maxFootprint, maxFailureSize);
    }

    /** The same with another amount of memory that may be kept. */
    public Limits withMaxFootprint(ByteSize maxFootprint) {
        return new Limits(maxRetained, maxFootprint, maxFailureSize);
    }

    /** The same with another weight of one failure. */
    public Limits withMaxFailureSize(ByteSize maxFailureSize) {
        return new Limits(maxRetained, maxFootprint, maxFailureSize);
    }

    /** Whether failures have to be weighed when they happen, by {@code RetentionExperiment.weighFailures()}. */
    public boolean limitFailures() {
        return !maxFailureSize.equals(ANY_SIZE);
    }

    /**
     * Whether a report shows neither growth nor more than these limits allow; what is undecided does not, nor do
     * failures that were not weighed where their weight is limited.
     */
    public boolean allow(RetentionReport report) {
        return allowRetained(report) && allowFailures(report);
    }

    /** Whether these limits allow the weight of each failure. Where attempts succeed, there is none. */
    public boolean allowFailures(RetentionReport report) {
        FailureWeights weights = report.failureWeights();
        return !limitFailures()
                || report.settings().expect() == Expect.SUCCESS
                || (weights.weighed() > 0 && weights.most() <= maxFailureSize.bytes());
    }

    /** Whether these limits allow what is retained. */
    public boolean allowRetained(RetentionReport report) {
        return report.verdict() == Verdict.RELEASED
                || (report.verdict() == Verdict.BOUNDED
                        && report.retained() - report.heldByJvm() <= maxRetained
                        && held(report) <= maxFootprint.bytes());
    }

    /** The footprint's share of the failures that somebody holds; none, to the byte, if nobody holds any. */
    private static long held(RetentionReport report) {
        long bytes = report.footprint().bytes();
        long retained = report.retained();
        if (report.heldByJvm() == 0) {
            return bytes;
        }
        long held = retained - report.heldByJvm();
        return bytes / retained * held + bytes % retained * held / retained;
    }
}
