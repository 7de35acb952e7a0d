package io.github.retainless.examples.resilience;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.api.Test;

/** Failsafe. */
@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class MailsTest {
    final Mails mails = new Mails.Repaired();

    @AsyncTask
    void unsentMail(Attempt attempt) {
        attempt.observe(mails.send("mail 1"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyMails_keepEachEvent() {
        Mails leaky = new Mails.Leaky();

        RetentionReport report = RetentionExperiment.of(() -> leaky.send("mail 1"))
                .failures(20)
                .budget(1)
                .run();

        assertThat(report).grows();
        assertThat(report.text()).contains("Mails.Leaky.unsent");
    }
}
