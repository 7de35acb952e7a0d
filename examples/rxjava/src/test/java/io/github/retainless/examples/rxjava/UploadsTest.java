package io.github.retainless.examples.rxjava;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.reactivex.rxjava3.schedulers.Schedulers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A size-bound {@code ReplaySubject} holds one more than its size: the node that goes next. */
@NoExceptionRetention(failures = 50, rounds = 3, maxRetained = 17)
class UploadsTest {
    final Uploads uploads = Uploads.repaired();

    @AsyncTask
    void failedUpload(Attempt attempt) {
        attempt.observe(uploads.upload("a.txt"));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyUploads_keepEachFailureInTheirHistory() {
        Uploads leaky = Uploads.leaky();

        RetentionReport report = RetentionExperiment.of(() -> leaky.upload("a.txt"))
                .failures(50)
                .budget(1)
                .run();

        assertThat(report).grows();
        assertThat(report.text()).contains("Uploads.history", "ReplaySubject");
    }

    @AfterAll
    static void shutDown() {
        Schedulers.shutdown();
    }
}
