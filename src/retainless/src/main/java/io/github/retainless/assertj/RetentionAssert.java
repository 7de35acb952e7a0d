package io.github.retainless.assertj;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.internal.verdict.Limits;
import java.util.Objects;
import org.assertj.core.api.AbstractObjectAssert;

/**
 * Assertions on a {@link RetentionReport}. All but {@link #hasVerdict} fail on an {@link Verdict#UNDECIDED} report: it
 * proves nothing. A failure's message is the whole {@link ReportText}.
 *
 * <pre>{@code
 * assertThat(report).doesNotGrow().retainsAtMost(1).hasFootprintAtMost("64 KiB");
 * assertThat(reportOfTheLeakyTwin).grows();
 * }</pre>
 *
 * <p>Any other figure is asserted through what AssertJ offers for every object:
 *
 * <pre>{@code
 * assertThat(report).returns(Growth.BYTES, from(RetentionReport::growth));
 * }</pre>
 *
 * <p>Sizes are written as in {@code "64 KiB"}, see {@link ByteSize#parse}; another text is an
 * {@link IllegalArgumentException}, and so is a negative number of failures. A footprint that was cut counts with what
 * was seen of it.
 *
 * @since 0.1.0
 */
public class RetentionAssert extends AbstractObjectAssert<RetentionAssert, RetentionReport> {
    /** Called by AssertJ, also for the subclass it makes for soft assertions; users call {@code assertThat}. */
    protected RetentionAssert(RetentionReport actual) {
        super(actual, RetentionAssert.class);
    }

    /** Nothing is left: the verdict is {@link Verdict#RELEASED}. */
    public RetentionAssert releasesEverything() {
        return isAllowedBy(Limits.NONE.withMaxRetained(0).withMaxFootprint(new ByteSize(0)));
    }

    /** What is left, if anything, is bounded. */
    public RetentionAssert doesNotGrow() {
        return isAllowedBy(Limits.NONE);
    }

    /**
     * What is left, if anything, is bounded, by at most so many failures after each round.
     *
     * @param failures 0 or more
     */
    public RetentionAssert retainsAtMost(long failures) {
        return isAllowedBy(Limits.NONE.withMaxRetained(notNegative("retainsAtMost", failures)));
    }

    /**
     * What is left, if anything, is bounded, and weighs at most so much after each round.
     *
     * @param size as in {@code "64 KiB"}
     */
    public RetentionAssert hasFootprintAtMost(String size) {
        return isAllowedBy(Limits.NONE.withMaxFootprint(parse(size)));
    }

    /**
     * Both at once, as {@code maxRetained} and {@code maxFootprint} of the annotation: what is left, if anything, is
     * bounded, by at most so many failures and so much memory after each round.
     *
     * @param failures 0 or more
     * @param size as in {@code "64 KiB"}
     */
    public RetentionAssert isBoundedBy(long failures, String size) {
        return isAllowedBy(Limits.NONE
                .withMaxRetained(notNegative("isBoundedBy", failures))
                .withMaxFootprint(parse(size)));
    }

    /**
     * What is left, if anything, is bounded, and no failure weighed more than that when it happened, kept or not. The
     * experiment must have {@linkplain RetentionExperiment#weighFailures() weighed} them; this fails if it has not. A
     * success task passes.
     *
     * @param size as in {@code "64 KiB"}
     */
    public RetentionAssert hasFailureSizeAtMost(String size) {
        return isAllowedBy(Limits.NONE.withMaxFailureSize(parse(size)));
    }

    /**
     * The footprint has grown by at most so much with each failure, from the first round to the last. This is the one
     * assertion that lets a leak through, a known one say, as long as it does not get worse.
     *
     * @param size as in {@code "64 KiB"}
     */
    public RetentionAssert hasBytesPerFailureAtMost(String size) {
        ByteSize most = parse(size);
        isNotNull();
        if (actual.verdict() == Verdict.UNDECIDED) {
            failWithMessage("%s", ReportText.of(actual));
        }
        ByteSize found = new ByteSize(actual.bytesPerFailure());
        if (found.bytes() > most.bytes()) {
            boolean lookAlike = found.toString().equals(most.toString());
            failWithMessage(
                    "Expected at most %s per failure, but found %s: %s",
                    lookAlike ? most.inBytes() : most, lookAlike ? found.inBytes() : found, ReportText.of(actual));
        }
        return this;
    }

    /** What is left grows: the verdict is {@link Verdict#GROWING}. For the test that shows that a leak is found. */
    public RetentionAssert grows() {
        return hasVerdict(Verdict.GROWING);
    }

    /** The verdict is this one and no other; {@link #doesNotGrow} takes two. */
    public RetentionAssert hasVerdict(Verdict verdict) {
        Objects.requireNonNull(verdict, "verdict");
        isNotNull();
        if (actual.verdict() != verdict) {
            failWithMessage("Expected %s, but %s", verdict, ReportText.of(actual));
        }
        return this;
    }

    private RetentionAssert isAllowedBy(Limits limits) {
        isNotNull();
        if (!limits.allow(actual)) {
            failWithMessage("%s", ReportText.of(actual, limits, ""));
        }
        return this;
    }

    private static long notNegative(String assertion, long failures) {
        if (failures < 0) {
            throw new IllegalArgumentException(assertion + " takes 0 or more failures, but was given " + failures);
        }
        return failures;
    }

    private static ByteSize parse(String size) {
        return ByteSize.parse(Objects.requireNonNull(size, "size"));
    }
}
