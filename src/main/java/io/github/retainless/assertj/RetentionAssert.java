package io.github.retainless.assertj;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.heap.ByteSize;
import io.github.retainless.report.Bounds;
import io.github.retainless.report.FailureMessage;
import io.github.retainless.verdict.Verdict;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a {@link RetentionReport}. All of them fail on an {@link Verdict#UNDECIDED} report: it proves nothing.
 *
 * @since 0.1.0
 */
public final class RetentionAssert extends AbstractAssert<RetentionAssert, RetentionReport> {
    RetentionAssert(RetentionReport actual) {
        super(actual, RetentionAssert.class);
    }

    /** Nothing is left: the verdict is {@link Verdict#RELEASED}. */
    public RetentionAssert releasesEverything() {
        return isAllowedBy(new Bounds(0, new ByteSize(0)));
    }

    /** What is left, if anything, is bounded. */
    public RetentionAssert doesNotGrow() {
        return isAllowedBy(Bounds.NONE);
    }

    /**
     * What is left is bounded, by at most so many failures after each round.
     *
     * @param failures 0 or more
     */
    public RetentionAssert retainsAtMost(long failures) {
        if (failures < 0) {
            throw new IllegalArgumentException("retainsAtMost takes 0 or more failures, but was given " + failures);
        }
        return isAllowedBy(new Bounds(failures, Bounds.NONE.maxFootprint()));
    }

    /**
     * What is left is bounded, and weighs at most so much after each round.
     *
     * @param size as in {@code "64 KiB"}; see {@link ByteSize#parse}
     */
    public RetentionAssert hasFootprintAtMost(String size) {
        return isAllowedBy(new Bounds(Bounds.NONE.maxRetained(), ByteSize.parse(size)));
    }

    private RetentionAssert isAllowedBy(Bounds bounds) {
        isNotNull();
        if (!bounds.allow(actual)) {
            failWithMessage("%s", FailureMessage.of(actual, bounds, ""));
        }
        return this;
    }
}
