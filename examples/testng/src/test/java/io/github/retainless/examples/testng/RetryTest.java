package io.github.retainless.examples.testng;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.testng.annotations.Test;

/** Leak regression tests in TestNG. */
public class RetryTest {
    @Test
    public void retry_keepsItsLastFailureOnly() {
        Retry retry = new Retry();

        assertThat(report(retry)).isBoundedBy(1, "16 KiB");
    }

    /** Shows that the test above would find the leak. */
    @Test
    public void leakyRetry_grows() {
        Retry retry = new Retry.Leaky();

        assertThat(report(retry)).grows();
    }

    private static RetentionReport report(Retry retry) {
        return RetentionExperiment.of(() -> retry.call(RetryTest::fail))
                .named("an exhausted retry")
                .budget(1)
                .run();
    }

    private static void fail() {
        throw new IllegalStateException("declined");
    }
}
