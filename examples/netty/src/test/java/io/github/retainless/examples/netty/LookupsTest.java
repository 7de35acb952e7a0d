package io.github.retainless.examples.netty;

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
class LookupsTest {
    final Lookups lookups = new Lookups.Repaired();

    @AsyncTask
    void unknownHost(Attempt attempt) {
        attempt.observe(lookups.lookUp("no.such.host"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyLookups_keepEachFailureUntilItsTimeout() {
        try (Lookups leaky = new Lookups.Leaky()) {
            RetentionReport report = RetentionExperiment.of(() -> leaky.lookUp("no.such.host"))
                    .failures(20)
                    .budget(1)
                    .run();

            assertThat(report).grows();
            assertThat(report.text()).contains("Lookups.timer", "HashedWheelTimer");
        }
    }

    @AfterEach
    void close() {
        lookups.close();
    }
}
