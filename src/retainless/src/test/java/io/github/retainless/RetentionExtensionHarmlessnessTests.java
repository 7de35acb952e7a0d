package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The extension neither prints nor keeps what is the subject's, and blames the subject for nobody else's doing. */
@Slow("launches experiments in which other libraries log and mock")
class RetentionExtensionHarmlessnessTests {
    private static final Queue SEEN = new Queue();

    /** The subject's failures, weakly. */
    @SuppressWarnings("serial")
    private static final class Queue extends ConcurrentLinkedQueue<WeakReference<Throwable>> {
        <T extends Throwable> T add(T failure) {
            add(new WeakReference<>(failure));
            return failure;
        }
    }

    @Test
    void nothingIsPrinted() {
        String printed = printedBy(() -> {
            Launch launch = Launch.of(PassingTestCases.class, FailingTestCases.class, WorkersDieTestCases.class);
            launch.tests()
                    .assertStatistics(stats -> stats.started(6).succeeded(4).failed(2));
        });
        assertThat(printed).isEmpty();
    }

    private static String printedBy(Runnable action) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream capturing = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(capturing);
        System.setErr(capturing);
        try {
            action.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Quick
    static class PassingTestCases {
        @AutoClose("shutdown")
        private final ExecutorService executor = Executors.newFixedThreadPool(2);

        @AsyncTask
        void throwing() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void observing(Attempt attempt) {
            attempt.observe(CompletableFuture.runAsync(this::throwing, executor));
        }
    }

    @Quick
    static class FailingTestCases {
        private final List<Throwable> kept = new CopyOnWriteArrayList<>();

        @AsyncTask
        void keeping() {
            IllegalStateException declined = SEEN.add(new IllegalStateException("declined"));
            kept.add(declined);
            throw declined;
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void failingSuccessTask() {
            throw SEEN.add(new IllegalStateException("declined"));
        }
    }

    @Quick
    static class WorkersDieTestCases {
        @ExecutorUnderTest
        final Executor threadPerTask = task -> new Thread(task).start();

        @AsyncTask
        void eachWorkerDies() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void eachWorkerDiesOfAnError() {
            throw new LinkageError("declined");
        }
    }

    @Test
    void workerThatSwallowsSomeFailuresAndDiesOfAnother_printsNothing() {
        assertThat(printedBy(() ->
                        Launch.of(WorkerDiesLateTestCases.class).tests().assertStatistics(stats -> stats.succeeded(1))))
                .isEmpty();
    }

    @Quick
    static class WorkerDiesLateTestCases {
        private BlockingQueue<Runnable> second;

        /** Each worker swallows the failure of a first task and dies of that of a second one. */
        @ExecutorUnderTest
        final Executor executor = task -> {
            if (second == null) {
                BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
                second = tasks;
                new Thread(() -> work(task, tasks)).start();
            } else {
                second.add(task);
                second = null;
            }
        };

        private static void work(Runnable first, BlockingQueue<Runnable> tasks) {
            try {
                first.run();
            } catch (RuntimeException swallowed) {
                // As sturdy workers do.
            }
            Runnable second;
            try {
                second = tasks.take();
            } catch (InterruptedException ended) {
                return;
            }
            second.run();
        }

        @AsyncTask
        void declined() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void ownHandlerForUncaughtExceptions_isLeftInPlace() {
        List<Thread> told = new CopyOnWriteArrayList<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> told.add(thread));
        try {
            Launch.of(WorkersDieTestCases.class);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(null);
        }
        assertThat(told).isNotEmpty();
    }

    @Test
    void logAppendersAndListenersThatKeepEverything_getNothingOfTheSubject() {
        SEEN.clear();
        List<Object> kept = new CopyOnWriteArrayList<>();
        Handler handler = keepingHandler(kept);
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.FINER);
        try {
            launchFailing(kept);
        } finally {
            root.removeHandler(handler);
            root.setLevel(level);
        }
        assertThat(kept).filteredOn(TestExecutionResult.class::isInstance).hasSizeGreaterThan(2);
        assertThat(kept).filteredOn(ReportEntry.class::isInstance).hasSize(2);
        assertThat(kept)
                .filteredOn(TestExecutionResult.class::isInstance)
                .map(result -> (TestExecutionResult) result)
                .filteredOn(result -> result.getStatus() == Status.FAILED)
                .hasSize(2)
                .allSatisfy(result -> assertThat(result.getThrowable().orElseThrow())
                        .isExactlyInstanceOf(AssertionError.class)
                        .hasNoCause()
                        .hasNoSuppressedExceptions());
        assertThat(SEEN).hasSizeGreaterThan(15);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            System.gc();
            assertThat(SEEN).allMatch(failure -> failure.refersTo(null));
        });
        assertThat(kept).as("still held until now").isNotEmpty();
    }

    private static Handler keepingHandler(List<Object> kept) {
        return new Handler() {
            @Override
            public void publish(LogRecord logged) {
                kept.add(logged);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void launchFailing(List<Object> kept) {
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(FailingTestCases.class))
                                .configurationParameter(ConfigurationKeys.REPORT_DIRECTORY.name(), Launch.REPORTS)
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                kept.add(result);
                            }

                            @Override
                            public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
                                kept.add(entry);
                            }
                        });
    }

    @Test
    void failuresThatAreLogged_areNotBlamedOnTheSubject() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Handler handler = new StreamHandler(log, new SimpleFormatter());
        LoggingTestCases.LOGGER.addHandler(handler);
        LoggingTestCases.LOGGER.setUseParentHandlers(false);
        Launch launch;
        try {
            launch = Launch.of(LoggingTestCases.class);
        } finally {
            LoggingTestCases.LOGGER.removeHandler(handler);
            handler.close();
        }
        assertThat(launch.verdict("logged")).isEqualTo("RELEASED");
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("java.lang.IllegalStateException: declined");
    }

    @NoExceptionRetention(failures = 20, rounds = 3, budget = 1, maxRetained = 0)
    static class LoggingTestCases {
        static final Logger LOGGER = Logger.getLogger("retainless.subject");

        @AutoClose("shutdown")
        @ExecutorUnderTest
        private final ExecutorService executor = Executors.newFixedThreadPool(2);

        @AsyncTask
        void logged() {
            IllegalStateException declined = new IllegalStateException("declined");
            LOGGER.log(Level.WARNING, "declined", declined);
            throw declined;
        }
    }

    @Test
    void attemptsAndOutcomesThatTheSubjectKeeps_holdNoFailure() {
        Launch launch = Launch.of(KeepingAttemptsTestCases.class);
        assertThat(launch.verdict("keepsAttempts")).isEqualTo("RELEASED");
        assertThat(launch.verdict("keepsAttemptsOfThrowing")).isEqualTo("RELEASED");
    }

    @Quick
    static class KeepingAttemptsTestCases {
        private final List<Attempt> attempts = new ArrayList<>();

        @AsyncTask
        void keepsAttempts(Attempt attempt) {
            attempts.add(attempt);
            attempt.observe(CompletableFuture.failedFuture(new IllegalStateException("declined")));
        }

        @AsyncTask
        void keepsAttemptsOfThrowing(Attempt attempt) {
            attempts.add(attempt);
            attempt.track(new byte[10]);
            throw new IllegalStateException("declined");
        }
    }
}
