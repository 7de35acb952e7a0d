package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that are shut down while a round's attempts are made on them. */
class ExecutorShutDownTests {
    private static final String REJECTED = "\\(\\) proves nothing: the executor rejected attempt 1\\d"
            + " \\(java\\.util\\.concurrent\\.RejectedExecutionException: Task [^\n]* rejected from [^\n]*\\)\\."
            + "\n\n  round .*\n\n  Is it shut down, or its queue shorter than the concurrency of 4\\?\n\n  JDK .*";

    @TempDir
    Path folder;

    @Test
    void shutDownMidRound_isSaid() {
        Build build = new Build(folder);

        Build.Ended ended = build.run(List.of(), ShutDownTestCases.class, QueueTestCases.class)
                .assertHarmless();

        assertThat(ended.tests()).hasSize(4);
        assertThat(ended.test("shutDown").message()).matches("(?s)shutDown" + REJECTED);
        assertThat(ended.test("shutDownNow").message()).matches("(?s)shutDownNow" + REJECTED);
        // Those that it had not started never end.
        assertThat(ended.test("shutDownNowWithAQueue").message())
                .matches(
                        "(?s)shutDownNowWithAQueue(" + REJECTED + "|\\(\\) proves nothing: the executor had not started"
                                + " attempt 1\\d after 500 ms\\.\n\n  round .*\n\n  Is the executor shut down, saturated, or"
                                + " blocked by an earlier task\\?\n\n  JDK .*)");
        assertThat(build.temporary()).isEmptyDirectory();
    }

    @NoExceptionRetention(failures = 8, rounds = 3, warmup = 2, budget = 1, concurrency = 4, timeout = "500 ms")
    static class ShutDownTestCases {
        @ExecutorUnderTest
        private final ExecutorService pool = Executors.newFixedThreadPool(4);

        @AfterEach
        void end() {
            pool.shutdownNow();
        }

        @AsyncTask
        void shutDown(Attempt attempt) {
            if (attempt.number() == 12) {
                pool.shutdown();
            }
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void shutDownNow(Attempt attempt) throws InterruptedException {
            if (attempt.number() == 12) {
                pool.shutdownNow();
            }
            Thread.sleep(5);
            throw new IllegalStateException("declined");
        }
    }

    @NoExceptionRetention(failures = 8, rounds = 3, warmup = 2, budget = 1, concurrency = 4, timeout = "500 ms")
    static class QueueTestCases {
        @ExecutorUnderTest
        private final ExecutorService pool = Executors.newSingleThreadExecutor();

        @AsyncTask
        void shutDownNowWithAQueue(Attempt attempt) throws InterruptedException {
            Thread.sleep(5);
            if (attempt.number() == 12) {
                pool.shutdownNow();
            }
            throw new IllegalStateException("declined");
        }
    }
}
