package io.github.retainless.lab.selfcheck;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.assertj.RetentionSoftAssertions;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.watch.RetentionWatch;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that fail twenty times or so, in all the ways in which there is something to hold. */
final class Fixtures {
    private Fixtures() {}

    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // it weighs something
        private final byte[] payload = new byte[1_000];
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1, maxRetained = 0)
    static class Released {
        @AsyncTask
        void thrown() {
            throw new Declined();
        }

        @AsyncTask
        void thrownByTheJdk() {
            Objects.requireNonNull(null);
        }

        @AsyncTask
        void observed(Attempt attempt) {
            attempt.observe(CompletableFuture.runAsync(this::thrown));
        }

        @AsyncTask(compareWithSuccess = true)
        void tracked(Attempt attempt) {
            attempt.track(new Declined());
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1, maxRetained = 0)
    static class Thrown {
        @AsyncTask
        void thrown() {
            throw new Declined();
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1, maxFailureSize = "1 B")
    static class TooLarge {
        private volatile Throwable last;

        @AsyncTask
        void lastError() {
            Declined declined = new Declined();
            last = declined;
            throw declined;
        }

        @AfterEach
        void isThere() {
            assert last != null;
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1)
    static class Growing {
        private static final List<Throwable> KEPT = new CopyOnWriteArrayList<>();

        @AsyncTask
        void kept() {
            Declined declined = new Declined();
            KEPT.add(declined);
            throw declined;
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 1, budget = 1, timeout = "20 ms")
    static class Undecided {
        @AsyncTask
        void succeeding() {}

        @AsyncTask
        void hanging() throws InterruptedException {
            Thread.sleep(60_000);
        }

        @AsyncTask
        void withoutMemory() {
            throw new OutOfMemoryError("none left");
        }
    }

    @NoExceptionRetention(failures = -1)
    static class Misconfigured {
        @AsyncTask
        void thrown() {
            throw new Declined();
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1, concurrency = 2)
    static class OnExecutors {
        @ExecutorUnderTest
        private final ExecutorService executor = FixedAsyncExecutor.fixedPool(2);

        @AsyncTask
        void thrown() {
            throw new Declined();
        }

        @AfterEach
        void shutDown() {
            executor.shutdown();
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 5, budget = 1, watchThrowables = Declined.class)
    static class Watched {
        @AsyncTask
        void swallowed() {
            try {
                throw new Declined();
            } catch (Declined swallowed) {
                // nobody gets to see it
            }
        }
    }

    /** Leaves behind what holds its class loader. */
    static class Held {
        @Test
        void shutdownHook() {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));
        }
    }

    static class InCode {
        @Test
        void experiment() {
            RetentionReport report = RetentionExperiment.of(() -> CompletableFuture.failedFuture(new Declined()))
                    .failures(5)
                    .rounds(3)
                    .budget(1)
                    .weighFailures()
                    .run();
            assertThat(report).doesNotGrow().retainsAtMost(1).hasFootprintAtMost("64 KiB");
            RetentionSoftAssertions softly = new RetentionSoftAssertions();
            softly.assertThat(report).grows();
            softly.assertAll();
        }

        @Test
        void production() throws InterruptedException {
            ExecutorService pool = Executors.newSingleThreadExecutor();
            try (RetentionWatch watch = RetentionWatch.builder("payments").build()) {
                ExecutorService watched = watch.around(pool);
                for (int i = 0; i < 20; i++) {
                    watched.execute(() -> watch.failed(new Declined()));
                }
                watch.snapshot();
            } finally {
                pool.shutdown();
                pool.awaitTermination(10, TimeUnit.SECONDS);
            }
        }
    }
}
