package io.github.retainless.report;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.heap.ByteSize;
import io.github.retainless.verdict.Verdict;

/**
 * What a task may keep when it is bounded.
 *
 * @param maxRetained how many failures at the most
 * @param maxFootprint how much memory at the most
 * @since 0.1.0
 */
public record Bounds(long maxRetained, ByteSize maxFootprint) {
    /** No bounds: whatever is bounded may be kept. */
    public static final Bounds NONE = new Bounds(Long.MAX_VALUE, new ByteSize(Long.MAX_VALUE));

    /** Whether a report shows neither growth nor more than these bounds allow; what is undecided does not. */
    public boolean allow(RetentionReport report) {
        return report.verdict() == Verdict.RELEASED
                || (report.verdict() == Verdict.BOUNDED
                        && report.retained() - report.residue() <= maxRetained
                        && held(report) <= maxFootprint.bytes());
    }

    /** The footprint without the share of what nobody holds. */
    private static long held(RetentionReport report) {
        long bytes = report.footprint().bytes();
        return report.residue() == 0 ? bytes : bytes - bytes / report.retained() * report.residue();
    }
}
