package io.github.retainless.lab.benchmark;

import io.github.retainless.experiment.Settings;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The same ten tasks, each as often as {@link RetentionTests} makes it, in plain loops; with bare collections after the
 * rounds if wanted.
 */
public class BareTests {
    /** The system property that says how many collections there are after a round. */
    static final String COLLECTIONS = "benchmark.collections";

    private static final int COLLECTIONS_A_ROUND = Integer.getInteger(COLLECTIONS, 0);

    @Test
    void thrown() throws InterruptedException {
        loop(FailingTask.THROWN);
    }

    @Test
    void thrownAgain() throws InterruptedException {
        loop(FailingTask.THROWN);
    }

    @Test
    void withCause() throws InterruptedException {
        loop(FailingTask.WITH_CAUSE);
    }

    @Test
    void withCauseAgain() throws InterruptedException {
        loop(FailingTask.WITH_CAUSE);
    }

    @Test
    void submitted() throws InterruptedException {
        loop(FailingTask.SUBMITTED);
    }

    @Test
    void submittedAgain() throws InterruptedException {
        loop(FailingTask.SUBMITTED);
    }

    @Test
    void staged() throws InterruptedException {
        loop(FailingTask.STAGED);
    }

    @Test
    void stagedAgain() throws InterruptedException {
        loop(FailingTask.STAGED);
    }

    @Test
    void recovered() throws InterruptedException {
        loop(FailingTask.RECOVERED);
    }

    @Test
    void recoveredAgain() throws InterruptedException {
        loop(FailingTask.RECOVERED);
    }

    private static void loop(FailingTask task) throws InterruptedException {
        attempts(task, Settings.DEFAULT.warmup());
        for (int round = 0; round < Settings.DEFAULT.rounds(); round++) {
            attempts(task, Settings.DEFAULT.attempts());
            for (int i = 0; i < COLLECTIONS_A_ROUND; i++) {
                System.gc();
            }
        }
    }

    private static void attempts(FailingTask task, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            try {
                task.start().get();
            } catch (ExecutionException expected) {
                continue;
            }
            throw new AssertionError(task + " did not fail");
        }
    }
}
