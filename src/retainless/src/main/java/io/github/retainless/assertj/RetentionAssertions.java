package io.github.retainless.assertj;

import io.github.retainless.experiment.RetentionReport;

/**
 * Entry point of the assertions on retention reports. Its {@code assertThat} may be imported statically beside
 * AssertJ's.
 *
 * @since 0.1.0
 */
public final class RetentionAssertions {
    private RetentionAssertions() {}

    /** Starts assertions on a report. */
    public static RetentionAssert assertThat(RetentionReport report) {
        return new RetentionAssert(report);
    }
}
