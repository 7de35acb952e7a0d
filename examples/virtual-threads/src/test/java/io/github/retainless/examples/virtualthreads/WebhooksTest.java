package io.github.retainless.examples.virtualthreads;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class WebhooksTest {
    final Webhooks webhooks = new Webhooks.Repaired();

    @AsyncTask
    void undeliveredWebhook(Attempt attempt) {
        attempt.observe(webhooks.deliver("order 1 is paid"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyWebhooks_keepEachFailureOnAParkedThread() {
        try (Webhooks leaky = new Webhooks.Leaky()) {
            RetentionReport report = RetentionExperiment.of(() -> leaky.deliver("order 1 is paid"))
                    .failures(20)
                    .budget(1)
                    .run();

            assertThat(report).grows();
            assertThat(report.text()).contains("webhook-*");
        }
    }

    @AfterEach
    void close() {
        webhooks.close();
    }
}
