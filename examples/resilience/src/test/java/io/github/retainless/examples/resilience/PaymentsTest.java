package io.github.retainless.examples.resilience;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resilience4j. */
@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class PaymentsTest {
    final Payments payments = new Payments.Repaired();

    @AsyncTask
    void failedPayment(Attempt attempt) {
        attempt.observe(payments.pay("order 1"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyPayments_keepAListenerForEach() {
        try (Payments leaky = new Payments.Leaky()) {
            RetentionReport report = RetentionExperiment.of(() -> leaky.pay("order 1"))
                    .failures(20)
                    .budget(1)
                    .run();

            assertThat(report).grows();
            assertThat(report.text()).contains("Payments.retry", "EventProcessor");
        }
    }

    @AfterEach
    void close() {
        payments.close();
    }
}
