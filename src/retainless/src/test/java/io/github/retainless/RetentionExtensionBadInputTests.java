package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.testing.Slow;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;

class RetentionExtensionBadInputTests {
    private static final String REPORT = "\n\n  <jvm> Report: target/retainless-fixtures/index.html#"
            + RetentionExtensionBadInputTests.class.getName() + "$";

    /** What the only paragraphs of a message are when no round was completed. */
    private static String message(String headline, String remedy, Class<?> fixture, String method) {
        return method + "() proves nothing: " + headline + ".\n\n  " + remedy + REPORT + fixture.getSimpleName() + "."
                + method;
    }

    @ParameterizedTest
    @ValueSource(classes = {PrivateTaskTestCases.class, StaticTaskTestCases.class, NonVoidTaskTestCases.class})
    void taskThatJUnitLeavesOut_failsTheClassBesideTheValidOne(Class<?> fixture) {
        Launch launch = Launch.besideASoundOne(fixture);
        assertThat(launch.status("valid")).isEqualTo(Status.SUCCESSFUL);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        String wrong = fixture == PrivateTaskTestCases.class
                ? "is private"
                : fixture == StaticTaskTestCases.class ? "is static" : "returns CompletableFuture";
        assertThat(launch.classMessage(fixture))
                .isEqualTo("@AsyncTask on " + fixture.getSimpleName() + ".invalid(): the method " + wrong
                        + ", so JUnit never runs it. Make it a non-private, non-static void method; hand outcomes to"
                        + " Attempt.observe(..).");
    }

    @Quick
    abstract static class WithValidTask {
        @AsyncTask
        void valid() {
            throw new IllegalStateException("declined");
        }
    }

    static class PrivateTaskTestCases extends WithValidTask {
        @AsyncTask
        private void invalid() {}
    }

    static class StaticTaskTestCases extends WithValidTask {
        @AsyncTask
        static void invalid() {}
    }

    static class NonVoidTaskTestCases extends WithValidTask {
        @AsyncTask
        CompletableFuture<Void> invalid() {
            return CompletableFuture.failedFuture(new IllegalStateException("declined"));
        }
    }

    @Test
    void suspendFunction_failsTheClassBesideTheValidOne() {
        Launch launch = Launch.besideASoundOne(SuspendFunctionTestCases.class);
        assertThat(launch.status("valid")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.classMessage(SuspendFunctionTestCases.class))
                .isEqualTo(
                        "@AsyncTask on SuspendFunctionTestCases.invalid(): the method is a suspend function, of which no"
                                + " attempts can be made. Make it an ordinary function that starts the work with async or future"
                                + " and hands the Deferred or CompletableFuture to Attempt.observe(..).");
    }

    static class SuspendFunctionTestCases extends WithValidTask {
        /** What the compiler of Kotlin makes of {@code suspend fun invalid(attempt: Attempt)}. */
        @AsyncTask
        public final Object invalid(Attempt attempt, Continuation<? super Unit> continuation) {
            return Unit.INSTANCE;
        }
    }

    @Test
    void invalidTaskOfANestedClass_failsThatClassOnly() {
        Launch launch = Launch.besideASoundOne(NestedInvalidTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(3).succeeded(3));
        launch.containers().assertStatistics(stats -> stats.failed(1));
        assertThat(launch.classMessage(NestedInvalidTestCases.Inner.class))
                .startsWith("@AsyncTask on Inner.invalid(): the method is private, so JUnit never runs it.");
    }

    @Quick
    static class NestedInvalidTestCases {
        @AsyncTask
        void outer() {
            throw new IllegalStateException("declined");
        }

        @Nested
        class Inner {
            @AsyncTask
            void inner() {
                throw new IllegalStateException("declined");
            }

            @AsyncTask
            private void invalid() {}
        }
    }

    @Test
    void invalidTaskOfAClassWithoutSettings_failsTheValidOne() {
        Launch launch = Launch.besideASoundOne(UnannotatedInvalidTestCases.class);
        assertThat(launch.failure("valid"))
                .hasMessageStartingWith("@AsyncTask on UnannotatedInvalidTestCases.invalid(): the method is private");
    }

    static class UnannotatedInvalidTestCases {
        @AsyncTask
        @NoExceptionRetention(failures = 5, rounds = 3)
        void valid() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        private void invalid() {}
    }

    @ParameterizedTest
    @ValueSource(classes = {NoTaskTestCases.class, TaskInStaticClassTestCases.class})
    void classWithoutTasks_fails(Class<?> fixture) {
        Launch launch = Launch.besideASoundOne(fixture);
        assertThat(launch.status("test")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.classMessage(fixture))
                .isEqualTo("@NoExceptionRetention on " + fixture.getSimpleName() + ": the class has no @AsyncTask"
                        + " method, so there is nothing to check. Annotate the failing task with @AsyncTask instead of"
                        + " @Test, or remove @NoExceptionRetention.");
    }

    @NoExceptionRetention
    static class NoTaskTestCases {
        @Test
        void test() {}
    }

    @NoExceptionRetention
    static class TaskInStaticClassTestCases {
        @Test
        void test() {}

        static class NoneOfItsTestCases extends WithValidTask {}
    }

    @ParameterizedTest
    @ValueSource(classes = {TaskInInnerClassTestCases.class, TaskInPrivateClassTestCases.class})
    void classWithTasksOnlyWhereJUnitDoesNotRunThem_fails(Class<?> fixture) {
        Launch launch = Launch.besideASoundOne(fixture);
        assertThat(launch.status("test")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.classMessage(fixture))
                .isEqualTo("@NoExceptionRetention on " + fixture.getSimpleName() + ": the class has no @AsyncTask"
                        + " method of its own, and JUnit never runs those of its inner class Forgotten. Annotate that"
                        + " with @Nested, and let it not be private.");
    }

    @NoExceptionRetention
    static class TaskInInnerClassTestCases {
        @Test
        void test() {}

        class Forgotten extends WithValidTask {}
    }

    @NoExceptionRetention
    static class TaskInPrivateClassTestCases {
        @Test
        void test() {}

        @Nested
        private class Forgotten extends WithValidTask {}
    }

    @Test
    void settingsOnAPlainTest_failIt() {
        Launch launch = Launch.besideASoundOne(PlainTestCases.class);
        assertThat(launch.failure("plain"))
                .hasMessage("@NoExceptionRetention on PlainTestCases.plain(): the method is no @AsyncTask, so nothing"
                        + " would be checked. Annotate it with @AsyncTask instead of @Test.");
    }

    static class PlainTestCases {
        @Test
        @NoExceptionRetention
        void plain() {}
    }

    @Test
    void settingsOnARepeatedTest_failIt() {
        Launch.of(RepeatedPlainTestCases.class).tests().assertStatistics(stats -> stats.started(2)
                .failed(2));
    }

    static class RepeatedPlainTestCases {
        @RepeatedTest(2)
        @NoExceptionRetention
        void plain() {}
    }

    @Test
    void taskThatDoesNotFail_provesNothing() {
        Launch launch = Launch.besideASoundOne(NotFailingTestCases.class);
        assertThat(launch.message("never"))
                .isEqualTo(message(
                        "none of 2 attempts failed",
                        "Let the task throw, or hand what fails to its Attempt with observe(..) or track(..).",
                        NotFailingTestCases.class,
                        "never"));
        assertThat(launch.message("observedButNever"))
                .isEqualTo(message(
                        "none of 2 attempts failed",
                        "Let the task throw, or hand what fails to its Attempt with observe(..) or track(..).",
                        NotFailingTestCases.class,
                        "observedButNever"));
        // How many rounds it takes depends on what the JVM itself holds for a while.
        assertThat(launch.message("sometimes"))
                .matches("(?s)sometimes\\(\\) proves nothing: only \\d+ of \\d+ attempts failed\\.\n\n"
                        + "  round   failures   retained   footprint\n.* UNDECIDED\n\n"
                        + "  Let the task fail each time: what succeeds proves nothing about failures\\.\n\n"
                        + "  <jvm> Report: [^\n]*NotFailingTestCases\\.sometimes");
    }

    @Quick
    static class NotFailingTestCases {
        private int attempts;

        @AsyncTask
        void never() {}

        @AsyncTask
        void observedButNever(Attempt attempt) {
            attempt.observe(CompletableFuture.completedFuture("fine"));
        }

        @AsyncTask
        void sometimes() {
            if (attempts++ % 2 == 0) {
                throw new IllegalStateException("declined");
            }
        }
    }

    @Test
    void successTaskThatProvesNothing_fails() {
        Launch launch = Launch.besideASoundOne(BadSuccessTaskTestCases.class);
        assertThat(launch.message("fails"))
                .isEqualTo(message(
                        "attempt 1 is expected to succeed, but failed with java.lang.IllegalStateException: declined",
                        "A success task succeeds each time; expect FAILURE where the task is to fail.",
                        BadSuccessTaskTestCases.class,
                        "fails"));
        assertThat(launch.message("tracksNothing"))
                .isEqualTo(message(
                        "attempt 1 succeeded, but tracked nothing that could be retained",
                        "Hand what must be let go, its result say, to track(..).",
                        BadSuccessTaskTestCases.class,
                        "tracksNothing"));
    }

    @Quick
    static class BadSuccessTaskTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void fails() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void tracksNothing() {}
    }

    @Test
    void executorThatNeverCompletesItsFutures_provesNothing() {
        Launch launch = Launch.besideASoundOne(NeverCompletingExecutorTestCases.class);
        for (String task : List.of("fails", "succeeds")) {
            assertThat(launch.message(task))
                    .isEqualTo(message(
                            "attempt 1 has ended, but the executor had not handed over its outcome after 200 ms",
                            "Let the executor complete the future that submit(..) returned, or raise the timeout.",
                            NeverCompletingExecutorTestCases.class,
                            task));
        }
    }

    @Quick
    static class NeverCompletingExecutorTestCases {
        @ExecutorUnderTest
        final ExecutorService executor =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "never-completing");
                    thread.setDaemon(true);
                    return thread;
                }) {
                    @Override
                    public <T> Future<T> submit(Callable<T> task) {
                        super.submit(task);
                        return new CompletableFuture<>();
                    }
                };

        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void fails() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask(expect = Expect.SUCCESS)
        @NoExceptionRetention(timeout = "200 ms")
        void succeeds(Attempt attempt) {
            attempt.track(new Object());
        }

        @AfterEach
        void shutDown() {
            executor.shutdownNow();
        }
    }

    @Test
    void taskThatReportsNothingOrNonsense_provesNothing() {
        Launch launch = Launch.besideASoundOne(NonsenseTestCases.class);
        assertThat(launch.message("nothing"))
                .isEqualTo(message(
                        "attempt 1 neither threw, nor observed an outcome, nor tracked a Throwable within 200 ms",
                        "Throw, hand over the outcome with observe(..), or the swallowed exception with track(..).",
                        NonsenseTestCases.class,
                        "nothing"));
        assertThat(launch.message("observesNull"))
                .isEqualTo(message(
                        "attempt 1 handed null to observe(..)",
                        "Does a stub or mock return null where the real one returns an outcome?",
                        NonsenseTestCases.class,
                        "observesNull"));
        assertThat(launch.message("tracksNull"))
                .isEqualTo(message(
                        "attempt 1 handed null to track(..)",
                        "Does a stub or mock return null where the real one returns an outcome?",
                        NonsenseTestCases.class,
                        "tracksNull"));
        assertThat(launch.message("observesAString"))
                .isEqualTo(message(
                        "attempt 1 cannot observe a java.lang.String: hand over a CompletionStage, a Future, a Publisher"
                                + " (Flow or Reactive Streams), an RxJava 3 Single, Maybe, Completable or Observable, a"
                                + " Mutiny Uni, a Kotlin Deferred or Job, or a Vert.x Future",
                        "Observe what the asynchronous call returns, or track(..) its exception. For any other async type"
                                + " implement io.github.retainless.experiment.AsyncAdapter and name the class in"
                                + " META-INF/services/io.github.retainless.experiment.AsyncAdapter.",
                        NonsenseTestCases.class,
                        "observesAString"));
        assertThat(launch.message("neverCompletes"))
                .isEqualTo(message(
                        "attempt 1 returned, but 1 outcome it observed had not settled after 200 ms"
                                + " (java.util.concurrent.CompletableFuture)",
                        "Let every outcome complete, or raise the timeout.",
                        NonsenseTestCases.class,
                        "neverCompletes"));
        assertThat(launch.message("neverDone"))
                .isEqualTo(message(
                        "attempt 1 returned, but 2 outcomes it observed had not settled after 200 ms"
                                + " (java.util.concurrent.FutureTask)",
                        "Let every outcome complete, or raise the timeout.",
                        NonsenseTestCases.class,
                        "neverDone"));
    }

    @Quick
    static class NonsenseTestCases {
        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void nothing(Attempt attempt) {
            attempt.number();
        }

        @AsyncTask
        void observesNull(Attempt attempt) {
            attempt.observe(null);
        }

        @AsyncTask
        void tracksNull(Attempt attempt) {
            attempt.track(null);
        }

        @AsyncTask
        void observesAString(Attempt attempt) {
            attempt.observe("declined");
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void neverCompletes(Attempt attempt) {
            attempt.observe(new CompletableFuture<>());
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void neverDone(Attempt attempt) {
            attempt.observe(new FutureTask<>(() -> null));
            attempt.observe(new FutureTask<>(() -> null));
        }
    }

    @Test
    void taskThatHangs_failsWithTheStackOfItsThread() {
        Launch launch = Launch.besideASoundOne(HangingTestCases.class);
        assertThat(launch.message("hangs"))
                .matches("(?s)hangs\\(\\) proves nothing: attempt 1 was still running after 200 ms\\.\n\n"
                        + "  thread \"retainless-1\" WAITING\n"
                        + "    at .*CountDownLatch\\.await.*\n"
                        + "    at [^\n]*HangingTestCases\\.hangs\\([^\n]*\n\n"
                        + "  Let the task end by itself, or raise the timeout\\.\n\n"
                        + "  <jvm> Report: [^\n]*HangingTestCases\\.hangs");
    }

    @Test
    void taskThatHangsOnAnExecutor_failsWithTheStackOfItsThreadAndIsCancelled() throws InterruptedException {
        Launch launch = Launch.besideASoundOne(HangingOnExecutorTestCases.class);
        assertThat(launch.message("hangs"))
                .startsWith("hangs() proves nothing: attempt 4 was still running after 200 ms.\n\n"
                        + "  thread \"worker\" WAITING\n    at ")
                .contains("HangingOnExecutorTestCases.hangs(");
        HangingOnExecutorTestCases.worker.join(5_000);
        assertThat(HangingOnExecutorTestCases.worker.isAlive()).isFalse();
    }

    @Quick
    static class HangingTestCases {
        private final CountDownLatch never = new CountDownLatch(1);

        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void hangs() throws InterruptedException {
            never.await();
        }
    }

    @Quick
    static class HangingOnExecutorTestCases {
        static volatile Thread worker;
        private final CountDownLatch never = new CountDownLatch(1);
        private int attempts;

        @AutoClose("shutdown")
        @ExecutorUnderTest
        final ExecutorService executor = Executors.newSingleThreadExecutor(task -> worker = new Thread(task, "worker"));

        @AsyncTask
        @NoExceptionRetention(timeout = "200 ms")
        void hangs() throws InterruptedException {
            if (++attempts == 4) {
                never.await();
            }
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void executorThatDoesNotRunItsTasks_provesNothing() {
        Launch launch = Launch.besideASoundOne(RefusingTestCases.class);
        assertThat(launch.message("rejects"))
                .isEqualTo(message(
                                "the executor rejected attempt 1 (java.util.concurrent.RejectedExecutionException: full)",
                                "Is it shut down, or its queue shorter than the concurrency of 1?",
                                RefusingTestCases.Rejecting.class,
                                "rejects")
                        .replace("$Rejecting", "$RefusingTestCases$Rejecting"));
        assertThat(launch.message("shutDown"))
                .startsWith("shutDown() proves nothing: the executor rejected attempt 1"
                        + " (java.util.concurrent.RejectedExecutionException: Task ")
                .contains("\n\n  Is it shut down, or its queue shorter than the concurrency of 1?\n\n");
        String notStarted = "() proves nothing: the executor had not started attempt 1 after 200 ms.\n\n"
                + "  Is the executor shut down, saturated, or blocked by an earlier task?\n\n";
        assertThat(launch.message("drops")).startsWith("drops" + notStarted);
        assertThat(launch.message("discards")).startsWith("discards" + notStarted);
        assertThat(launch.message("refusesRudely"))
                .startsWith("refusesRudely() proves nothing: the executor threw java.lang.IllegalStateException: no"
                        + " more instead of taking attempt 1.\n\n"
                        + "  An Executor takes a task or throws a RejectedExecutionException.\n\n");
        assertThat(launch.message("submitRefusesRudely"))
                .startsWith("submitRefusesRudely() proves nothing: the executor threw java.lang.IllegalStateException:"
                        + " no more instead of taking attempt 1.\n\n"
                        + "  An Executor takes a task or throws a RejectedExecutionException.\n\n");
        assertThat(launch.message("returnsNull"))
                .startsWith("returnsNull() proves nothing: the executor's submit(..) returned null.\n\n"
                        + "  An ExecutorService returns a Future for each task it takes.\n\n");
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, timeout = "200 ms")
    static class RefusingTestCases {
        @Nested
        class Rejecting {
            @ExecutorUnderTest
            final Executor executor = task -> {
                throw new RejectedExecutionException("full");
            };

            @AsyncTask
            void rejects() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class ShutDown {
            @ExecutorUnderTest
            final ExecutorService executor = Executors.newFixedThreadPool(1);

            @BeforeEach
            void shutdown() {
                executor.shutdown();
            }

            @AsyncTask
            void shutDown() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Dropping {
            @ExecutorUnderTest
            final Executor executor = task -> {};

            @AsyncTask
            void drops() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Discarding {
            private final CountDownLatch end = new CountDownLatch(1);

            @ExecutorUnderTest
            final ThreadPoolExecutor executor = new ThreadPoolExecutor(
                    1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.DiscardPolicy());

            @BeforeEach
            void saturate() {
                Callable<Void> busy = () -> {
                    end.await();
                    return null;
                };
                executor.submit(busy);
                executor.submit(busy);
            }

            @AfterEach
            void end() {
                executor.shutdownNow();
            }

            @AsyncTask
            void discards() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Rude {
            @ExecutorUnderTest
            final Executor executor = task -> {
                throw new IllegalStateException("no more");
            };

            @AsyncTask
            void refusesRudely() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class RudeService {
            @ExecutorUnderTest
            final ExecutorService executor = new DirectService() {
                @Override
                public void execute(Runnable task) {
                    throw new IllegalStateException("no more");
                }
            };

            @AsyncTask
            void submitRefusesRudely() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Mocked {
            @ExecutorUnderTest
            final ExecutorService executor = new DirectService() {
                @Override
                public <T> Future<T> submit(Callable<T> task) {
                    return null;
                }
            };

            @AsyncTask
            void returnsNull() {
                throw new IllegalStateException("declined");
            }
        }
    }

    static class DirectService extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @Test
    void fieldThatIsNoExecutor_failsTheTask() {
        Launch launch = Launch.besideASoundOne(BadFieldTestCases.class);
        assertThat(launch.failure("isNull"))
                .hasMessage("@ExecutorUnderTest on IsNull.executor: the field is null. Assign a"
                        + " java.util.concurrent.Executor, at the latest in @BeforeEach.");
        assertThat(launch.failure("isNone"))
                .hasMessage("@ExecutorUnderTest on IsNone.executor: the field holds a java.lang.String. Assign a"
                        + " java.util.concurrent.Executor, at the latest in @BeforeEach.");
        assertThat(launch.failure("isDouble"))
                .message()
                .startsWith("@ExecutorUnderTest on IsDouble.")
                .contains("IsDouble.one", "IsDouble.two")
                .endsWith(": a task runs on one executor. Keep one, in a class of its own each.");
    }

    @Quick
    static class BadFieldTestCases {
        @Nested
        class IsNull {
            @ExecutorUnderTest
            Executor executor;

            @AsyncTask
            void isNull() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class IsNone {
            @ExecutorUnderTest
            Object executor = "none";

            @AsyncTask
            void isNone() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class IsDouble {
            @ExecutorUnderTest
            Executor one = Runnable::run;

            @ExecutorUnderTest
            Executor two = Runnable::run;

            @AsyncTask
            void isDouble() {
                throw new IllegalStateException("declined");
            }
        }
    }

    @Slow("makes fifty experiments")
    @ParameterizedTest
    @ValueSource(
            classes = {
                OddFailuresTestCases.class,
                OddFailuresOnAServiceTestCases.class,
                OddFailuresOnAnExecutorTestCases.class,
                OddFailuresInStagesTestCases.class,
                OddFailuresInFuturesTestCases.class
            })
    void oddFailures_areSurvivedAndJudged(Class<?> fixture) {
        Launch launch = Launch.besideASoundOne(fixture);
        assertThat(List.of(
                        "cyclicCause",
                        "hostileMessage",
                        "hostileCause",
                        "hostileIdentity",
                        "hostileTrace",
                        "endlessCauses",
                        "stackOverflow",
                        "interruptedException",
                        "interruptsItself"))
                .allSatisfy(name -> assertThat(launch.tests()
                                .failed()
                                .filter(event -> event.getTestDescriptor()
                                        .getDisplayName()
                                        .startsWith(name))
                                .map(Object::toString))
                        .as(name)
                        .isEmpty())
                .allSatisfy(name -> assertThat(launch.verdict(name)).as(name).isEqualTo("RELEASED"));
        assertThat(launch.verdict("sameAgain")).isEqualTo("BOUNDED");
        assertThat(launch.failures("interruptsItself")).isLessThanOrEqualTo(25);
        assertThat(OddFailuresInStagesTestCases.DISTURBED)
                .as("who completes an observed stage")
                .isEmpty();
    }

    @Quick
    static class OddFailuresTestCases {
        private final IllegalStateException same = new IllegalStateException("same");

        /** How an attempt fails; here by throwing. */
        void fail(Attempt attempt, Callable<Void> task) throws Exception {
            task.call();
        }

        @AsyncTask
        void cyclicCause(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                IllegalStateException one = new IllegalStateException("one");
                IllegalStateException two = new IllegalStateException("two", one);
                one.initCause(two);
                one.addSuppressed(two);
                throw one;
            });
        }

        @AsyncTask
        void hostileMessage(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new HostileMessage();
            });
        }

        @AsyncTask
        void hostileCause(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new HostileCause();
            });
        }

        @AsyncTask
        void hostileIdentity(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new HostileIdentity();
            });
        }

        @AsyncTask
        void hostileTrace(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new HostileTrace();
            });
        }

        @AsyncTask
        void endlessCauses(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new EndlessCauses();
            });
        }

        @AsyncTask
        void stackOverflow(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                recurse(1);
                return null;
            });
        }

        private static int recurse(int depth) {
            return recurse(depth + 1) + recurse(depth + 2);
        }

        @AsyncTask
        void interruptedException(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw new InterruptedException("thrown");
            });
        }

        @AsyncTask
        void interruptsItself(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("declined");
            });
        }

        @AsyncTask
        void sameAgain(Attempt attempt) throws Exception {
            fail(attempt, () -> {
                throw same;
            });
        }
    }

    static class OddFailuresOnAServiceTestCases extends OddFailuresTestCases {
        @AutoClose("shutdown")
        @ExecutorUnderTest
        final ExecutorService executor = Executors.newFixedThreadPool(2);
    }

    static class OddFailuresOnAnExecutorTestCases extends OddFailuresTestCases {
        @ExecutorUnderTest
        final Executor executor = task -> new Thread(task).start();
    }

    static class OddFailuresInStagesTestCases extends OddFailuresTestCases {
        static final Set<String> DISTURBED = ConcurrentHashMap.newKeySet();

        @Override
        void fail(Attempt attempt, Callable<Void> task) {
            CompletableFuture<Void> stage = new CompletableFuture<>();
            attempt.observe(stage);
            Throwable failure = null;
            try {
                task.call();
            } catch (Throwable caught) {
                failure = caught;
            }
            try {
                stage.completeExceptionally(failure);
            } catch (Throwable disturbed) {
                DISTURBED.add(disturbed.toString());
            }
        }
    }

    static class OddFailuresInFuturesTestCases extends OddFailuresTestCases {
        @Override
        void fail(Attempt attempt, Callable<Void> task) {
            FutureTask<Void> future = new FutureTask<>(task);
            attempt.observe(future);
            future.run();
        }
    }

    @SuppressWarnings("serial")
    static class HostileMessage extends RuntimeException {
        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("getMessage");
        }
    }

    @SuppressWarnings("serial")
    static class HostileCause extends RuntimeException {
        @Override
        public synchronized Throwable getCause() {
            throw new UnsupportedOperationException("getCause");
        }
    }

    @SuppressWarnings("serial")
    static class HostileIdentity extends RuntimeException {
        @Override
        public boolean equals(Object other) {
            throw new UnsupportedOperationException("equals");
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException("hashCode");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("toString");
        }
    }

    @SuppressWarnings("serial")
    static class HostileTrace extends RuntimeException {
        @Override
        public synchronized Throwable fillInStackTrace() {
            throw new UnsupportedOperationException("fillInStackTrace");
        }
    }

    @SuppressWarnings("serial")
    static class EndlessCauses extends RuntimeException {
        EndlessCauses() {
            super("endless", null, false, false);
        }

        @Override
        public synchronized Throwable getCause() {
            return new EndlessCauses();
        }
    }

    @Test
    void taskThatInterruptsTheThreadThatWaitsForItsOutcome_isJudged() {
        Launch launch = Launch.besideASoundOne(InterruptingWaiterTestCases.class);
        assertThat(launch.verdict("alwaysInterrupts")).isEqualTo("RELEASED");
        assertThat(launch.verdict("interruptsLater")).isEqualTo("RELEASED");
        assertThat(InterruptingWaiterTestCases.FOUND_INTERRUPTED).isEmpty();
    }

    @Quick
    static class InterruptingWaiterTestCases {
        static final Set<Integer> FOUND_INTERRUPTED = ConcurrentHashMap.newKeySet();

        @AutoClose("shutdown")
        private final ExecutorService executor = Executors.newSingleThreadExecutor();

        @AsyncTask
        void alwaysInterrupts(Attempt attempt) {
            interruptFrom(1, attempt);
        }

        @AsyncTask
        void interruptsLater(Attempt attempt) {
            interruptFrom(9, attempt);
        }

        private void interruptFrom(int first, Attempt attempt) {
            if (Thread.currentThread().isInterrupted()) {
                FOUND_INTERRUPTED.add(attempt.number());
            }
            attempt.observe(executor.submit(() -> {
                Thread.sleep(10);
                throw new IllegalStateException("declined");
            }));
            if (attempt.number() >= first) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void hostileFailureOfASuccessTask_isDescribed() {
        assertThat(Launch.besideASoundOne(HostileSuccessTaskTestCases.class).message("successTask"))
                .startsWith("successTask() proves nothing: attempt 1 is expected to succeed, but failed with "
                        + HostileMessage.class.getName()
                        + " (its getMessage() throws java.lang.UnsupportedOperationException).\n");
    }

    @Quick
    static class HostileSuccessTaskTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void successTask() {
            throw new HostileMessage();
        }
    }

    @Test
    void outOfMemoryErrorOfATask_isReportedWithWhatWasKnown() {
        String message = Launch.besideASoundOne(OutOfMemoryTestCases.class).message("exhausts");
        // The JVM itself may still hold the very last failure.
        assertThat(message.replaceFirst("6 {10}[01] <size>", "6          ? <size>"))
                .isEqualTo(
                        """
                        exhausts() proves nothing: attempt 8 ran out of memory (java.lang.OutOfMemoryError: pretended).

                          round   failures   retained   footprint
                              1          5          0 <size>
                              2          6          ? <size>   UNDECIDED

                          Raise -Xmx, or make the payloads smaller."""
                                + REPORT + "OutOfMemoryTestCases.exhausts");
    }

    @Quick
    static class OutOfMemoryTestCases {
        private int attempts;

        @AsyncTask
        void exhausts() {
            if (++attempts == 8) {
                throw new OutOfMemoryError("pretended");
            }
            throw new IllegalStateException("declined");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {InterruptingTestCases.class, InterruptingOnExecutorTestCases.class})
    void interruptOfTheTestThread_endsTheExperimentAndIsKept(Class<?> fixture) throws InterruptedException {
        InterruptingTestCases.ATTEMPTS.set(0);
        InterruptingTestCases.KEPT.clear();
        Launch launch = Launch.besideASoundOne(fixture);
        assertThat(launch.message("interrupts"))
                .matches("(?s)interrupts\\(\\) proves nothing: the experiment was interrupted after \\d+ attempts\\."
                        + "\n\n  round .*\n      1 .*\n\n  Who interrupts it\\?"
                        + " A time-out of the test must leave room for all its attempts\\.\n\n"
                        + "  <jvm> Report: target/retainless-fixtures/[^\n]*\\.interrupts");
        assertThat(InterruptingTestCases.KEPT).containsExactly(true);
        int attempts = InterruptingTestCases.ATTEMPTS.get();
        Thread.sleep(200);
        assertThat(InterruptingTestCases.ATTEMPTS)
                .as("none is made afterwards")
                .hasValue(attempts)
                .hasValueLessThan(30);
    }

    @NoExceptionRetention(failures = 10, rounds = 100, warmup = 0)
    static class InterruptingTestCases {
        static final AtomicInteger ATTEMPTS = new AtomicInteger();
        static final Set<Boolean> KEPT = ConcurrentHashMap.newKeySet();
        private final Thread testThread = Thread.currentThread();

        @AsyncTask
        void interrupts() throws InterruptedException {
            if (ATTEMPTS.incrementAndGet() == 13) {
                testThread.interrupt();
            }
            Thread.sleep(20);
            throw new IllegalStateException("declined");
        }

        @AfterEach
        void look() {
            KEPT.add(Thread.currentThread().isInterrupted());
        }
    }

    static class InterruptingOnExecutorTestCases extends InterruptingTestCases {
        @AutoClose("shutdown")
        @ExecutorUnderTest
        final ExecutorService executor = Executors.newSingleThreadExecutor();
    }
}
