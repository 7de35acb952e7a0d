package io.github.retainless.lab.benchmark;

import io.github.retainless.AsyncTask;
import io.github.retainless.experiment.Attempt;

/** Ten retention tests with the default settings. */
public class RetentionTests {
    @AsyncTask
    void thrown(Attempt attempt) {
        attempt.observe(FailingTask.THROWN.start());
    }

    @AsyncTask
    void thrownAgain(Attempt attempt) {
        attempt.observe(FailingTask.THROWN.start());
    }

    @AsyncTask
    void withCause(Attempt attempt) {
        attempt.observe(FailingTask.WITH_CAUSE.start());
    }

    @AsyncTask
    void withCauseAgain(Attempt attempt) {
        attempt.observe(FailingTask.WITH_CAUSE.start());
    }

    @AsyncTask
    void submitted(Attempt attempt) {
        attempt.observe(FailingTask.SUBMITTED.start());
    }

    @AsyncTask
    void submittedAgain(Attempt attempt) {
        attempt.observe(FailingTask.SUBMITTED.start());
    }

    @AsyncTask
    void staged(Attempt attempt) {
        attempt.observe(FailingTask.STAGED.start());
    }

    @AsyncTask
    void stagedAgain(Attempt attempt) {
        attempt.observe(FailingTask.STAGED.start());
    }

    @AsyncTask
    void recovered(Attempt attempt) {
        attempt.observe(FailingTask.RECOVERED.start());
    }

    @AsyncTask
    void recoveredAgain(Attempt attempt) {
        attempt.observe(FailingTask.RECOVERED.start());
    }
}
