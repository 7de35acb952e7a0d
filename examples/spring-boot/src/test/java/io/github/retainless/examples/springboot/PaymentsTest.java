package io.github.retainless.examples.springboot;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class PaymentsTest {
    @Autowired
    Payments payments;

    @Autowired
    Payments leakyPayments;

    @AsyncTask
    void failedPayment(Attempt attempt) {
        attempt.observe(payments.pay("order " + attempt.number()));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyPayments_keepEachFailureToRetryIt() {
        RetentionReport report = RetentionExperiment.of(
                        attempt -> attempt.observe(leakyPayments.pay("order " + attempt.number())))
                .failures(20)
                .budget(1)
                .run();

        assertThat(report).grows();
        assertThat(report.text()).contains("MapRetryContextCache");
    }
}
