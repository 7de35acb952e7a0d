package io.github.retainless.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * Soft assertions on retention reports and all that AssertJ's own take: failures are collected, and all of them shown.
 *
 * <pre>{@code
 * RetentionSoftAssertions.assertSoftly(softly -> {
 *     softly.assertThat(reportOfCharges).releasesEverything();
 *     softly.assertThat(reportOfRefunds).retainsAtMost(1);
 * });
 * }</pre>
 *
 * @since 0.1.0
 */
public class RetentionSoftAssertions extends AbstractSoftAssertions
        implements StandardSoftAssertionsProvider, RetentionSoftAssertionsProvider {
    /** Collects failures until {@link #assertAll}. */
    public RetentionSoftAssertions() {}

    /** Runs assertions, then fails if any of them has failed. */
    public static void assertSoftly(Consumer<RetentionSoftAssertions> softly) {
        SoftAssertionsProvider.assertSoftly(RetentionSoftAssertions.class, softly);
    }
}
