package io.github.retainless.examples.jdkfutures;

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
class ChargesTest {
    final Charges charges = new Charges.Repaired();

    @AsyncTask
    void declinedCharge(Attempt attempt) {
        attempt.observe(charges.charge("card 1"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyCharges_keepEachFailureUntilItsTimeout() {
        try (Charges leaky = new Charges.Leaky()) {
            RetentionReport report = RetentionExperiment.of(() -> leaky.charge("card 1"))
                    .failures(20)
                    .budget(1)
                    .run();

            assertThat(report).grows();
            assertThat(report.text()).contains("DelayedWorkQueue", "Charges$$Lambda");
        }
    }

    @AfterEach
    void close() {
        charges.close();
    }
}
