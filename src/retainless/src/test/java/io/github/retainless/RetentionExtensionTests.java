package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.testing.Slow;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RetentionExtensionTests {
    @Test
    void taskThatLetsItsFailuresGo_passes() {
        Launch launch = Launch.of(Launch.SoundTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.verdict("sound")).isEqualTo("RELEASED");
    }

    @Test
    void taskWhoseFailuresAreKept_failsWithTheWholeDiagnosis() {
        Launch launch = Launch.of(GrowingTestCases.class);
        assertThat(launch.failure("declined")).isExactlyInstanceOf(AssertionError.class);
        assertThat(launch.message("declined"))
                .isEqualTo(
                        """
                declined() retains the exceptions it throws: 12 of every 12 stay reachable, <size> each.

                  round   failures   retained   footprint
                      1         12         12 <size>
                      2         24         24 <size>
                      3         36         36 <size>   GROWING, <size> per failure: a <size> heap is full after <n> failures

                  Grew to 36 in 36 failures; a limit above that was not looked for.

                  36 of 36 retained through
                  ├─ instance of io.github.retainless.RetentionExtensionTests.GrowingTestCases
                  ├─ RetentionExtensionTests.GrowingTestCases.kept : ArrayList
                  ├─ ArrayList[*]
                  ╰→ java.lang.IllegalStateException   backtrace <size> · rest <size>

                  Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                  attempt: RetentionExtensionTests.GrowingTestCases.kept.

                  <jvm> Report: target/retainless-fixtures/index.html#io.github.retainless.RetentionExtensionTests$GrowingTestCases.declined""");
    }

    @NoExceptionRetention(failures = 12, rounds = 3, warmup = 1, budget = 1)
    static class GrowingTestCases {
        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        void declined() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }

    @Slow("dumps several heaps")
    @Test
    void taskThatKeepsItsLastFailures_passesUnlessThatIsTooMuch() {
        Launch launch = Launch.of(LastFailuresTestCases.class);
        assertThat(launch.status("unbounded")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.verdict("unbounded")).isEqualTo("BOUNDED");
        assertThat(launch.status("largeEnough")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.message("tooMany"))
                .isEqualTo(
                        """
                tooMany() retains up to 2 of the exceptions it throws; at most 1 may be.

                  round   failures   retained   footprint
                      1          5          2 <size>
                      2         10          2 <size>
                      3         15          2 <size>   BOUNDED

                  2 of 2 (from the last 5 failures) retained through
                  ├─ instance of io.github.retainless.RetentionExtensionTests.LastFailuresTestCases
                  ├─ RetentionExtensionTests.LastFailuresTestCases.last : Throwable[]
                  ├─ Throwable[*]
                  ╰→ java.lang.IllegalStateException   backtrace <size> · message <size> · rest <size>

                  Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                  attempt: RetentionExtensionTests.LastFailuresTestCases.last.

                  <jvm> Report: target/retainless-fixtures/index.html#io.github.retainless.RetentionExtensionTests$LastFailuresTestCases.tooMany""");
        assertThat(launch.message("tooLarge"))
                .isEqualTo(
                        """
                tooLarge() retains up to <size> through the exceptions it throws; at most <size> may be.

                  round   failures   retained   footprint
                      1          5          2 <size>
                      2         10          2 <size>
                      3         15          2 <size>   BOUNDED

                  2 of 2 (from the last 5 failures) retained through
                  ├─ instance of io.github.retainless.RetentionExtensionTests.LastFailuresTestCases
                  ├─ RetentionExtensionTests.LastFailuresTestCases.last : Throwable[]
                  ├─ Throwable[*]
                  ╰→ java.lang.IllegalStateException   backtrace <size> · message <size> · rest <size>

                  Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                  attempt: RetentionExtensionTests.LastFailuresTestCases.last.

                  <jvm> Report: target/retainless-fixtures/index.html#io.github.retainless.RetentionExtensionTests$LastFailuresTestCases.tooLarge""");
    }

    @Quick
    static class LastFailuresTestCases {
        private final Throwable[] last = new Throwable[2];
        private int attempts;

        private void fail() {
            IllegalStateException declined = new IllegalStateException("declined");
            // The last two of each round; the very last alone might be the JVM's own.
            if (attempts % 5 < 2) {
                last[attempts % 5] = declined;
            }
            attempts++;
            throw declined;
        }

        @AsyncTask
        void unbounded() {
            fail();
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = 2, maxFootprint = "1 MiB")
        void largeEnough() {
            fail();
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = 1)
        void tooMany() {
            fail();
        }

        @AsyncTask
        @NoExceptionRetention(maxFootprint = "10 B")
        void tooLarge() {
            fail();
        }
    }

    @Slow("dumps several heaps")
    @Test
    void failureHeavierThanItMayBe_failsThoughNothingIsRetained() {
        Launch launch = Launch.of(HeavyTestCases.class);
        for (String heavy : List.of("payload", "observed", "tracked", "cause")) {
            assertThat(launch.verdict(heavy)).isEqualTo("RELEASED");
            assertThat(launch.message(heavy))
                    .startsWith(heavy + "() throws exceptions of up to <size>; at most <size> may be.");
        }
        assertThat(launch.failure("payload"))
                .hasMessageContainingAll(
                        "  The heaviest is of " + HeavyTestCases.Declined.class.getCanonicalName()
                                + ":\n    payload byte[65536] 64.0 KiB · backtrace ",
                        "HeavyTestCases.Declined.payload is 9");
        for (String light : List.of("large", "light", "innerClass", "successTask")) {
            assertThat(launch.status(light)).as(light).isEqualTo(Status.SUCCESSFUL);
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1, maxFailureSize = "4 KiB")
    static class HeavyTestCases {
        private final byte[] fixture = new byte[65_536];

        static final class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;

            final byte[] payload;

            Declined(byte[] payload) {
                this.payload = payload;
            }
        }

        /** A part of the test. */
        @SuppressWarnings("serial")
        final class Inner extends RuntimeException {
            private static final long serialVersionUID = 1;

            byte[] fixture() {
                return fixture;
            }
        }

        @AsyncTask
        void payload() {
            throw new Declined(new byte[65_536]);
        }

        @AsyncTask
        void observed(Attempt attempt) {
            attempt.observe(CompletableFuture.failedFuture(new Declined(new byte[65_536])));
        }

        @AsyncTask
        void tracked(Attempt attempt) {
            attempt.track(new Declined(new byte[65_536]));
        }

        @AsyncTask
        void cause() {
            throw new IllegalStateException(new Declined(new byte[65_536]));
        }

        @AsyncTask
        @NoExceptionRetention(maxFailureSize = "128 KiB")
        void large() {
            payload();
        }

        @AsyncTask
        void light() {
            throw new Declined(fixture);
        }

        @AsyncTask
        void innerClass() {
            throw new Inner();
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void successTask(Attempt attempt) {
            attempt.track(new byte[65_536]);
        }
    }

    @Slow("dumps several heaps")
    @Test
    void successTask_passesIfWhatItTracksIsLetGo() {
        Launch launch = Launch.of(SuccessTaskTestCases.class);
        assertThat(launch.status("released")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.verdict("released")).isEqualTo("RELEASED");
        assertThat(launch.message("kept"))
                .startsWith(
                        """
                kept() retains what it tracks: 10 of every 10 stay reachable, <size> each.

                  round   attempts   retained   footprint
                """)
                .contains("GROWING, <size> per attempt: a <size> heap is full after <n> attempts\n\n  Grew to ");
    }

    @NoExceptionRetention(failures = 10, rounds = 3, warmup = 1, budget = 1)
    static class SuccessTaskTestCases {
        private final List<Object> kept = new ArrayList<>();

        @AsyncTask(expect = Expect.SUCCESS)
        void released(Attempt attempt) {
            attempt.track(new byte[1024]);
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void kept(Attempt attempt) {
            kept.add(attempt.track(new byte[1024]));
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                FixedPoolTestCases.class,
                CommonPoolTestCases.class,
                DirectExecutorTestCases.class,
                ThreadPerTaskTestCases.class,
                StaticExecutorTestCases.class,
                ExecutorOfBeforeEachTestCases.class
            })
    void taskOnAnExecutor_runsThereAndPasses(Class<?> fixture) {
        THREADS.clear();
        Launch launch = Launch.of(fixture);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.verdict("declined")).isEqualTo("RELEASED");
        // A fork-join pool lets the caller that waits for a task help with it.
        if (fixture != CommonPoolTestCases.class) {
            boolean direct = fixture == DirectExecutorTestCases.class;
            assertThat(THREADS).isNotEmpty().allMatch(name -> direct == name.startsWith("retainless-"));
        }
    }

    private static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

    @Quick
    abstract static class OnExecutor {
        @AsyncTask
        void declined() {
            THREADS.add(Thread.currentThread().getName());
            throw new IllegalStateException("declined");
        }
    }

    static class FixedPoolTestCases extends OnExecutor {
        @AutoClose("shutdown")
        @ExecutorUnderTest
        private final ExecutorService executor = Executors.newFixedThreadPool(2);
    }

    static class CommonPoolTestCases extends OnExecutor {
        @ExecutorUnderTest
        private final ExecutorService executor = ForkJoinPool.commonPool();
    }

    static class DirectExecutorTestCases extends OnExecutor {
        @ExecutorUnderTest
        final Executor executor = Runnable::run;
    }

    static class ThreadPerTaskTestCases extends OnExecutor {
        @ExecutorUnderTest
        final Executor executor = task -> new Thread(task).start();
    }

    static class StaticExecutorTestCases extends OnExecutor {
        @ExecutorUnderTest
        private static final Executor EXECUTOR = task -> new Thread(task).start();
    }

    static class ExecutorOfBeforeEachTestCases extends OnExecutor {
        @Subject
        private ExecutorService executor;

        @Target(ElementType.FIELD)
        @Retention(RetentionPolicy.RUNTIME)
        @ExecutorUnderTest
        @interface Subject {}

        @BeforeEach
        void start() {
            executor = Executors.newSingleThreadExecutor();
        }

        @AfterEach
        void stop() {
            executor.shutdown();
        }
    }

    @Test
    void executorThatSwallowsFailuresIntoAListOfItsOwn_isGrowing() {
        Launch launch = Launch.of(SwallowingExecutorTestCases.class);
        assertThat(launch.status("declined")).isEqualTo(Status.FAILED);
        assertThat(launch.verdict("declined")).isEqualTo("GROWING");
    }

    @Quick
    static class SwallowingExecutorTestCases {
        private final List<Throwable> swallowed = new CopyOnWriteArrayList<>();

        @ExecutorUnderTest
        final Executor executor = task -> new Thread(() -> {
                    try {
                        task.run();
                    } catch (Throwable failure) {
                        swallowed.add(failure);
                    }
                })
                .start();

        @AsyncTask
        void declined() {
            throw new IllegalStateException("declined");
        }
    }

    @Slow("makes an experiment of each kind of outcome")
    @Test
    void outcomesOfAllTypes_areObserved() {
        Launch launch = Launch.of(OutcomesTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(8).succeeded(8));
        assertThat(List.of("stage", "minimalStage", "lateStage", "future", "cancelled", "publisher", "several", "both"))
                .extracting(launch::verdict)
                .containsOnly("RELEASED");
    }

    @Quick
    static class OutcomesTestCases {
        @AutoClose("shutdown")
        private final ExecutorService executor = Executors.newFixedThreadPool(2);

        private static String fail() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void stage(Attempt attempt) {
            attempt.observe(CompletableFuture.supplyAsync(OutcomesTestCases::fail, executor));
        }

        @AsyncTask
        void minimalStage(Attempt attempt) {
            attempt.observe(CompletableFuture.failedStage(new IllegalStateException("declined")));
        }

        @AsyncTask
        void lateStage(Attempt attempt) {
            CompletableFuture<String> late = new CompletableFuture<>();
            attempt.observe(late);
            executor.execute(() -> late.completeExceptionally(new IllegalStateException("declined")));
        }

        @AsyncTask
        void future(Attempt attempt) {
            attempt.observe(executor.submit(OutcomesTestCases::fail));
        }

        @AsyncTask
        void cancelled(Attempt attempt) {
            FutureTask<Void> task = new FutureTask<>(() -> null);
            task.cancel(true);
            attempt.observe(task);
        }

        @AsyncTask
        void publisher(Attempt attempt) {
            Flow.Publisher<String> publisher = subscriber -> {
                subscriber.onSubscribe(NO_SUBSCRIPTION);
                subscriber.onNext("value");
                subscriber.onError(new IllegalStateException("declined"));
            };
            attempt.observe(publisher);
        }

        @AsyncTask
        void several(Attempt attempt) {
            attempt.observe(CompletableFuture.completedFuture("fine"));
            attempt.observe(executor.submit(OutcomesTestCases::fail));
            attempt.observe(CompletableFuture.failedFuture(new IllegalStateException("declined")));
        }

        @AsyncTask
        void both(Attempt attempt) {
            attempt.observe(executor.submit(OutcomesTestCases::fail));
            fail();
        }
    }

    static final Flow.Subscription NO_SUBSCRIPTION = new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    };

    @Slow("dumps several heaps")
    @Test
    void swallowedExceptions_areSeenThroughTrack() {
        Launch launch = Launch.of(TrackTestCases.class);
        assertThat(launch.verdict("here")).isEqualTo("RELEASED");
        assertThat(launch.verdict("elsewhereAndLater")).isEqualTo("RELEASED");
        assertThat(launch.verdict("kept")).isEqualTo("GROWING");
        assertThat(launch.status("sameObject")).isEqualTo(Status.SUCCESSFUL);
    }

    @Quick
    static class TrackTestCases {
        private final List<Throwable> kept = new CopyOnWriteArrayList<>();

        @AsyncTask
        void here(Attempt attempt) {
            attempt.track(new IllegalStateException("swallowed"));
        }

        @AsyncTask
        void elsewhereAndLater(Attempt attempt) {
            new Thread(() -> {
                        try {
                            Thread.sleep(10);
                        } catch (InterruptedException ended) {
                            return;
                        }
                        attempt.track(new IllegalStateException("swallowed"));
                    })
                    .start();
        }

        @AsyncTask
        void kept(Attempt attempt) {
            new Thread(() -> kept.add(attempt.track(new IllegalStateException("swallowed")))).start();
        }

        @AsyncTask
        void sameObject(Attempt attempt) {
            IllegalStateException swallowed = new IllegalStateException("swallowed");
            assertThat(attempt.track(swallowed)).isSameAs(swallowed);
        }
    }

    @Test
    void attempts_areNumberedFromOneWarmUpIncluded() {
        NumberTestCases.NUMBERS.clear();
        Launch.of(NumberTestCases.class).tests().assertStatistics(stats -> stats.succeeded(1));
        assertThat(NumberTestCases.NUMBERS).startsWith(1, 2, 3).isSorted().doesNotHaveDuplicates();
        assertThat(NumberTestCases.NUMBERS.size())
                .isEqualTo(NumberTestCases.NUMBERS.get(NumberTestCases.NUMBERS.size() - 1))
                .isEqualTo(2 + 3 * 5);
    }

    @Quick
    static class NumberTestCases {
        static final List<Integer> NUMBERS = new CopyOnWriteArrayList<>();

        @AsyncTask(expect = Expect.SUCCESS)
        void numbered(Attempt attempt) {
            NUMBERS.add(attempt.number());
            attempt.track(new Object());
        }
    }

    @Test
    void allAttempts_shareOneInstanceBetweenOneBeforeEachAndOneAfterEach() {
        LifecycleTestCases.LOG.clear();
        LifecycleTestCases.INSTANCES.clear();
        Launch.of(LifecycleTestCases.class).tests().assertStatistics(stats -> stats.started(2)
                .succeeded(2));
        String attempts = "attempt ".repeat(17);
        assertThat(String.join(" ", LifecycleTestCases.LOG))
                .isEqualTo("before " + attempts + "after before " + attempts + "after");
        assertThat(LifecycleTestCases.INSTANCES).hasSize(2);
    }

    @Quick
    static class LifecycleTestCases {
        static final List<String> LOG = new CopyOnWriteArrayList<>();
        static final Set<Object> INSTANCES = ConcurrentHashMap.newKeySet();
        private Object made;

        @BeforeEach
        void make() {
            LOG.add("before");
            made = new Object();
            INSTANCES.add(made);
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void one(Attempt attempt) {
            run(attempt);
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void two(Attempt attempt) {
            run(attempt);
        }

        private void run(Attempt attempt) {
            LOG.add("attempt");
            INSTANCES.add(made);
            attempt.track(new Object());
        }

        @AfterEach
        void after() {
            LOG.add("after");
        }
    }

    @Test
    void taskOfAPerClassInstance_runs() {
        Launch launch = Launch.of(PerClassTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(launch.verdict("keepsItsLast")).isEqualTo("BOUNDED");
    }

    @Quick
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class PerClassTestCases {
        private final Throwable[] ring = new Throwable[3];
        private int next;

        @AsyncTask
        void keepsItsLast() {
            IllegalStateException declined = new IllegalStateException("declined");
            ring[next++ % ring.length] = declined;
            throw declined;
        }

        @AsyncTask
        void keepsNothing() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void attributes_areTakenFromMethodThenClassThenEnclosingClass() {
        Launch launch = Launch.of(OuterTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(5).succeeded(5));
        assertThat(launch.failures("outer")).isEqualTo(5 * 3);
        assertThat(launch.failures("inherits")).isEqualTo(5 * 3);
        assertThat(launch.failures("overrides")).isEqualTo(7 * 3);
        assertThat(launch.failures("overridesOnMethod")).isEqualTo(7 * 4);
        assertThat(launch.failures("onMethodOnly")).isEqualTo(6 * 3);
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 0)
    static class OuterTestCases {
        @ExecutorUnderTest
        final Executor executor = task -> new Thread(task).start();

        @AsyncTask(expect = Expect.SUCCESS)
        void outer(Attempt attempt) {
            attempt.track(new Object());
        }

        @Nested
        class Inheriting {
            @AsyncTask(expect = Expect.SUCCESS)
            void inherits(Attempt attempt) {
                assertThat(Thread.currentThread().getName()).doesNotContain("retainless");
                attempt.track(new Object());
            }

            @AsyncTask(expect = Expect.SUCCESS)
            @NoExceptionRetention(failures = 6)
            void onMethodOnly(Attempt attempt) {
                attempt.track(new Object());
            }
        }

        @Nested
        @NoExceptionRetention(failures = 7)
        class Overriding {
            @ExecutorUnderTest
            final Executor nearer = Runnable::run;

            @AsyncTask(expect = Expect.SUCCESS)
            void overrides(Attempt attempt) {
                assertThat(Thread.currentThread().getName()).contains("retainless");
                attempt.track(new Object());
            }

            @AsyncTask(expect = Expect.SUCCESS)
            @NoExceptionRetention(rounds = 4)
            void overridesOnMethod(Attempt attempt) {
                attempt.track(new Object());
            }
        }
    }

    @Test
    void staticNestedClass_takesNothingFromTheClassAroundIt() {
        Launch launch = Launch.with("retainless.failures.default", "5", AroundTestCases.StandingAloneTestCases.class);
        assertThat(launch.failures("alone")).isEqualTo(5 * 4);
    }

    @NoExceptionRetention(failures = 7, rounds = 3)
    static class AroundTestCases {
        static class StandingAloneTestCases {
            @AsyncTask(expect = Expect.SUCCESS)
            void alone(Attempt attempt) {
                attempt.track(new Object());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {SubclassTestCases.class, ImplementingTestCases.class})
    void tasksAndSettings_areInherited(Class<?> fixture) {
        Launch launch = Launch.of(fixture);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.failures("inherited")).isEqualTo(6 * 3);
    }

    @NoExceptionRetention(failures = 6, rounds = 3, warmup = 0)
    abstract static class Base {
        @AsyncTask(expect = Expect.SUCCESS)
        void inherited(Attempt attempt) {
            attempt.track(new Object());
        }
    }

    static class SubclassTestCases extends Base {}

    @NoExceptionRetention(failures = 6, rounds = 3, warmup = 0)
    interface Contract {
        @AsyncTask(expect = Expect.SUCCESS)
        default void inherited(Attempt attempt) {
            attempt.track(new Object());
        }
    }

    static class ImplementingTestCases implements Contract {}

    @ParameterizedTest
    @ValueSource(classes = {SubclassWithAnAttributeTestCases.class, ImplementingWithAnAttributeTestCases.class})
    void subclass_setsOneAttribute_othersAreInherited(Class<?> fixture) {
        assertThat(Launch.of(fixture).failures("inherited")).isEqualTo(6 * 5);
    }

    @NoExceptionRetention(rounds = 5)
    static class SubclassWithAnAttributeTestCases extends Base {}

    @NoExceptionRetention(rounds = 5)
    static class ImplementingWithAnAttributeTestCases implements Contract {}

    @Test
    void composedAnnotations_work() {
        Launch launch = Launch.of(ComposedTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.failures("composed")).isEqualTo(5 * 3);
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @AsyncTask(expect = Expect.SUCCESS)
    @interface SuccessTask {}

    @Quick
    static class ComposedTestCases {
        @SuccessTask
        void composed(Attempt attempt) {
            attempt.track(new Object());
        }
    }

    @Test
    void taskWithoutSettings_runsWithTheDefaults() {
        DefaultsTestCases.ATTEMPTS.set(0);
        Launch launch = Launch.of(DefaultsTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.failures("plain")).isEqualTo(50 * 4);
        assertThat(DefaultsTestCases.ATTEMPTS).hasValue(10 + 50 * 4);
    }

    static class DefaultsTestCases {
        static final AtomicInteger ATTEMPTS = new AtomicInteger();

        @AsyncTask(expect = Expect.SUCCESS)
        void plain(Attempt attempt) {
            ATTEMPTS.incrementAndGet();
            attempt.track(new Object());
        }
    }

    @Test
    void otherTests_areLeftAlone() {
        OthersTestCases.INVOCATIONS.set(0);
        Launch launch = Launch.of(OthersTestCases.class);
        launch.tests()
                .assertStatistics(
                        stats -> stats.started(4).succeeded(3).failed(1).skipped(1));
        assertThat(launch.failure("fails")).isInstanceOf(UncheckedIOException.class);
        assertThat(launch.skipReason("disabled")).isEqualTo("for a reason");
        assertThat(OthersTestCases.INVOCATIONS).hasValue(3);
    }

    @Quick
    static class OthersTestCases {
        static final AtomicInteger INVOCATIONS = new AtomicInteger();

        @AsyncTask
        void task() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        @Disabled("for a reason")
        void disabled() {
            INVOCATIONS.addAndGet(100);
        }

        @Test
        void passes() {
            INVOCATIONS.incrementAndGet();
        }

        @Test
        void fails() {
            INVOCATIONS.incrementAndGet();
            throw new UncheckedIOException(new java.io.IOException("its own"));
        }

        @ParameterizedTest
        @ValueSource(ints = 1)
        void template(int one) {
            INVOCATIONS.addAndGet(one);
        }
    }

    @Slow("waits for the second of a time-out")
    @Test
    void timeoutOfJUnit_spansAllAttempts() {
        Launch launch = Launch.besideASoundOne(TimeoutTestCases.class);
        assertThat(launch.status("inTime")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.failure("tooLong"))
                .isInstanceOf(java.util.concurrent.TimeoutException.class)
                .hasMessage("tooLong() timed out after 1 second");
        assertThat(launch.failure("tooLong").getSuppressed()).anySatisfy(ours -> assertThat(ours)
                .hasMessageContaining("tooLong() proves nothing: the experiment was interrupted after "));
    }

    @Quick
    static class TimeoutTestCases {
        @AsyncTask
        @Timeout(60)
        void inTime() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        @Timeout(1)
        @NoExceptionRetention(failures = 1_000)
        void tooLong() throws InterruptedException {
            Thread.sleep(20);
            throw new IllegalStateException("declined");
        }
    }

    @Slow("dumps several heaps")
    @Test
    void tasksThatJUnitRunsInParallel_areNotConfused() {
        Launch launch = Launch.with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "5"),
                ParallelTestCases.class);
        assertThat(List.of("clean1", "clean2", "clean3", "keeps", "numbered"))
                .extracting(name -> tuple(name, launch.verdict(name)))
                .containsExactly(
                        tuple("clean1", "RELEASED"),
                        tuple("clean2", "RELEASED"),
                        tuple("clean3", "RELEASED"),
                        tuple("keeps", "GROWING"),
                        tuple("numbered", "RELEASED"));
        launch.tests().assertStatistics(stats -> stats.started(5).succeeded(4).failed(1));
    }

    @NoExceptionRetention(failures = 10, rounds = 3, budget = 1, concurrency = 2)
    static class ParallelTestCases {
        private final List<Throwable> kept = Collections.synchronizedList(new ArrayList<>());
        private final Set<Integer> numbers = ConcurrentHashMap.newKeySet();

        @AsyncTask
        void clean1() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void clean2(Attempt attempt) {
            attempt.observe(CompletableFuture.failedFuture(new IllegalStateException("declined")));
        }

        @AsyncTask
        void clean3() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void keeps() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void numbered(Attempt attempt) {
            assertThat(numbers.add(attempt.number())).isTrue();
            attempt.track(new Object());
        }
    }

    @Test
    void parametersOfOtherResolvers_areResolvedForEachAttempt() {
        Launch.of(ParametersTestCases.class).tests().assertStatistics(stats -> stats.started(1)
                .succeeded(1));
    }

    @Quick
    static class ParametersTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void resolved(TestInfo info, Attempt attempt) {
            assertThat(info.getTestMethod().orElseThrow().getName()).isEqualTo("resolved");
            attempt.track(new Object());
        }
    }

    @Test
    void unmetAssumption_abortsTheTest() {
        Launch launch = Launch.of(AssumptionTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(4).aborted(4));
        assertThat(List.of("here", "onAnExecutor", "successTask", "sometimes"))
                .extracting(launch::failure)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(TestAbortedException.class)
                        .hasMessage("Assumption failed: not on this machine")
                        .hasNoCause());
    }

    @Quick
    static class AssumptionTestCases {
        @AsyncTask
        void here() {
            Assumptions.assumeTrue(false, "not on this machine");
        }

        @AsyncTask
        void sometimes(Attempt attempt) {
            Assumptions.assumeTrue(attempt.number() < 5, "not on this machine");
            throw new IllegalStateException("declined");
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void successTask() {
            Assumptions.assumeTrue(false, "not on this machine");
        }

        @Nested
        class OnExecutor {
            @ExecutorUnderTest
            final Executor executor = task -> new Thread(task).start();

            @AsyncTask
            void onAnExecutor() {
                Assumptions.assumeTrue(false, "not on this machine");
            }
        }
    }

    @Test
    void failedAssertionOfATask_isNoFailureOfTheTask_butOfTheTest() {
        Launch launch = Launch.besideASoundOne(AssertingTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(6).succeeded(2).failed(4));
        for (String task : List.of("fails", "sometimes", "successTask", "onAnExecutor")) {
            assertThat(launch.failure(task))
                    .isExactlyInstanceOf(AssertionFailedError.class)
                    .hasMessage("charge(..) returned");
        }
        assertThat(launch.verdict("handedOver")).isEqualTo("RELEASED");
    }

    @Quick
    static class AssertingTestCases {
        @AsyncTask
        void fails(Attempt attempt) {
            try {
                Assertions.fail("charge(..) returned");
            } catch (IllegalStateException expected) {
                attempt.track(expected);
            }
        }

        @AsyncTask
        void sometimes(Attempt attempt) {
            if (attempt.number() == 5) {
                Assertions.fail("charge(..) returned");
            }
            throw new IllegalStateException("declined");
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void successTask() {
            Assertions.fail("charge(..) returned");
        }

        /** Of the subject, where the task says so. */
        @AsyncTask
        void handedOver(Attempt attempt) {
            attempt.observe(CompletableFuture.failedFuture(new AssertionError("invariant")));
        }

        @Nested
        class OnExecutor {
            @ExecutorUnderTest
            final Executor executor = task -> new Thread(task).start();

            @AsyncTask
            void onAnExecutor() {
                Assertions.fail("charge(..) returned");
            }
        }
    }
}
