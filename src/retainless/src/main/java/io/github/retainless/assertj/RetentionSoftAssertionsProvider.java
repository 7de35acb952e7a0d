package io.github.retainless.assertj;

import io.github.retainless.experiment.RetentionReport;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * Adds retention reports to soft assertions of one's own.
 *
 * <pre>{@code
 * class OurSoftAssertions extends SoftAssertions implements RetentionSoftAssertionsProvider {}
 * }</pre>
 *
 * @since 0.1.0
 */
public interface RetentionSoftAssertionsProvider extends SoftAssertionsProvider {
    /** Starts assertions on a report whose failures are collected. */
    default RetentionAssert assertThat(RetentionReport report) {
        return proxy(RetentionAssert.class, RetentionReport.class, report);
    }
}
