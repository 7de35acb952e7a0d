package io.github.retainless.executor;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FixedAsyncExecutorTests {
    private final List<ExecutorService> opened = new ArrayList<>();

    @AfterEach
    void shutDown() {
        opened.forEach(ExecutorService::shutdownNow);
    }

    private FixedAsyncExecutor opened(FixedAsyncExecutor executor) {
        opened.add(executor);
        return executor;
    }

    /** What the executor runs on. */
    enum Backing {
        FIXED_POOL(() -> Executors.newFixedThreadPool(FailureScenario.THREADS)),
        SINGLE_THREAD(Executors::newSingleThreadExecutor),
        SCHEDULED_POOL(() -> Executors.newScheduledThreadPool(2)),
        FORK_JOIN_POOL(() -> new ForkJoinPool(FailureScenario.THREADS)),
        OWN_POOL(() -> FixedAsyncExecutor.fixedPool(2)),
        OWN_EVENT_LOOP(FixedAsyncExecutor::eventLoop),
        CACHED_POOL(Executors::newCachedThreadPool),
        WORK_STEALING_POOL(() -> Executors.newWorkStealingPool(FailureScenario.THREADS)),
        VIRTUAL_THREADS(FixedAsyncExecutor::virtualThreads);

        private final Supplier<ExecutorService> factory;

        Backing(Supplier<ExecutorService> factory) {
            this.factory = factory;
        }

        static Set<Backing> ofThisJdk() {
            return Runtime.version().feature() >= 21
                    ? EnumSet.allOf(Backing.class)
                    : EnumSet.complementOf(EnumSet.of(VIRTUAL_THREADS));
        }

        FixedAsyncExecutor open() {
            ExecutorService made = factory.get();
            return made instanceof FixedAsyncExecutor own ? own : FixedAsyncExecutor.over(made);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failuresInAnyWay_letGo_onEachBacking(FailureScenario scenario) throws Exception {
        Map<Watched, FixedAsyncExecutor> all = new IdentityHashMap<>();
        List<Object> kept = new ArrayList<>();
        for (Backing backing : Backing.ofThisJdk()) {
            FixedAsyncExecutor executor = opened(backing.open());
            Watched watched = new Watched();
            scenario.play(executor, watched, kept);
            assertThat(watched.size()).as("on %s", backing).isPositive();
            all.put(watched, executor);
        }

        Watched.awaitReleased(all);

        Reference.reachabilityFence(kept);
    }

    @Nested
    class Delivery {
        private final FixedAsyncExecutor executor = opened(FixedAsyncExecutor.eventLoop());

        @Test
        void get_first_throwsWhatTheTaskThrew_withBothSidesInTheTrace() {
            Declined failure = new Declined(new Watched());
            Future<?> future = executor.submit(() -> {
                throw failure;
            });

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withMessage(failure.toString())
                    .satisfies(delivered -> assertThat(delivered.getCause()).isSameAs(failure))
                    .satisfies(delivered -> assertThat(
                                    Arrays.stream(delivered.getStackTrace()).map(StackTraceElement::getClassName))
                            .contains(Delivery.class.getName()));
        }

        @Test
        void get_again_throwsASummary() {
            Future<?> future = executor.submit(() -> {
                throw chargeFailure();
            });
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> future.get(1, HOURS))
                    .withCauseInstanceOf(Declined.class);

            for (int again = 0; again < 2; again++) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(future::get)
                        .withMessage("io.github.retainless.executor.Declined: card 4711 declined")
                        .havingCause()
                        .isInstanceOf(FailureSummary.class)
                        .withMessage(
                                """
                                delivered to an earlier reader, here is its text:
                                io.github.retainless.executor.Declined: card 4711 declined
                                \tat io.acme.Payments.charge(Payments.java:41)
                                \tat io.acme.Shop.main(Shop.java:7)
                                \tSuppressed: java.lang.IllegalStateException: already closed
                                \t\tat io.acme.Wire.close(Wire.java:30)
                                \t\t... 1 more
                                Caused by: java.lang.IllegalArgumentException: no such card
                                \tat io.acme.Cards.find(Cards.java:12)
                                \t... 2 more""")
                        .withNoCause();
            }
        }

        private static Declined chargeFailure() {
            StackTraceElement main = new StackTraceElement("io.acme.Shop", "main", "Shop.java", 7);
            StackTraceElement charge = new StackTraceElement("io.acme.Payments", "charge", "Payments.java", 41);
            Exception cause = new IllegalArgumentException("no such card");
            cause.setStackTrace(new StackTraceElement[] {
                new StackTraceElement("io.acme.Cards", "find", "Cards.java", 12), charge, main
            });
            Exception suppressed = new IllegalStateException("already closed");
            suppressed.setStackTrace(
                    new StackTraceElement[] {new StackTraceElement("io.acme.Wire", "close", "Wire.java", 30), main});
            Declined failure = new Declined(new Watched());
            failure.initCause(cause);
            failure.addSuppressed(suppressed);
            failure.setStackTrace(new StackTraceElement[] {charge, main});
            return failure;
        }

        @Test
        void get_ofAnErrorOfTheJvm_deliversIt() {
            Future<?> exhausted = executor.submit(() -> {
                throw new OutOfMemoryError("thrown by a task");
            });
            Future<?> overflown = executor.submit(() -> overflow(0));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(exhausted::get)
                    .withCauseExactlyInstanceOf(OutOfMemoryError.class);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(overflown::get)
                    .withCauseExactlyInstanceOf(StackOverflowError.class);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(overflown::get)
                    .withCauseExactlyInstanceOf(FailureSummary.class);
        }

        private static int overflow(int depth) {
            return overflow(depth + 1) + 1;
        }

        @Test
        void get_ofAResult_canBeRepeated() throws Exception {
            Object result = new Object();
            Future<Object> future = executor.submit(() -> result);
            Future<Object> given = executor.submit(() -> {}, result);
            Future<?> none = executor.submit(() -> {});

            assertThat(future.get()).isSameAs(result).isSameAs(future.get(1, HOURS));
            assertThat(given.get()).isSameAs(result);
            assertThat(none.get()).isNull();
        }
    }

    @Nested
    class Stages {
        private final FixedAsyncExecutor executor = opened(FixedAsyncExecutor.eventLoop());

        @Test
        void ofAResult_passItOn_asOftenAsAsked() throws Exception {
            CompletionStage<String> stage = executor.submitStage(() -> "result");

            assertThat(stage.thenApply(String::length).toCompletableFuture().get())
                    .isEqualTo(6);
            assertThat(stage.toCompletableFuture().get()).isEqualTo("result");
        }

        @Test
        void ofAFailure_theFirstDerivedGetsIt_laterOnesTheSummary() throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            CompletionStage<String> stage = executor.submitStage(() -> {
                gate.await();
                throw new IllegalStateException("declined");
            });
            CompletableFuture<Throwable> first = new CompletableFuture<>();
            stage.whenComplete((value, failure) -> first.complete(failure));
            gate.countDown();

            assertThat(first.get())
                    .isExactlyInstanceOf(CompletionException.class)
                    .hasCauseExactlyInstanceOf(IllegalStateException.class);
            assertThat(stage.handle((value, failure) -> failure)
                            .toCompletableFuture()
                            .get())
                    .isExactlyInstanceOf(CompletionException.class)
                    .hasCauseExactlyInstanceOf(FailureSummary.class);
        }

        @Test
        void keptAfterDelivery_holdNothing() throws Exception {
            Watched watched = new Watched();
            List<Object> kept = new ArrayList<>();

            for (int i = 0; i < 5; i++) {
                kept.add(delivered(watched));
            }

            watched.awaitReleased(executor);
            assertThat(watched.size()).isEqualTo(10);
            Reference.reachabilityFence(kept);
        }

        private CompletionStage<Object> delivered(Watched watched) throws Exception {
            CompletionStage<Object> stage = executor.submitStage(() -> {
                throw new Declined(watched);
            });
            CountDownLatch seen = new CountDownLatch(1);
            stage.exceptionally(failure -> {
                seen.countDown();
                return null;
            });
            seen.await();
            return stage;
        }

        @Test
        void rejected_throwsAsSubmitDoes() {
            executor.shutdown();

            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> executor.submitStage(() -> "never"));
        }

        @Test
        void badArguments_areRefusedAsByACompletableFuture() {
            CompletionStage<String> stage = executor.submitStage(() -> "result");

            assertThatNullPointerException().isThrownBy(() -> stage.thenApply(null));
            assertThatNullPointerException().isThrownBy(() -> executor.submitStage(null));
        }

        @Test
        void asAnObject_isItself() {
            Object stage = executor.submitStage(() -> "result");

            assertThat(stage).isEqualTo(stage).isNotEqualTo(executor.submitStage(() -> "result"));
            assertThat(stage.hashCode()).isEqualTo(stage.hashCode());
            assertThat(stage).asString().contains("ReleasingStage@");
        }
    }

    @Nested
    class Contract {
        private final FixedAsyncExecutor executor = opened(FixedAsyncExecutor.eventLoop());

        @Test
        void cancel_withInterrupt_interruptsTheRunner() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> future = executor.submit(() -> block(started, interrupted));
            started.await();

            assertThat(future.cancel(true)).isTrue();

            interrupted.await();
            assertThat(future).isCancelled();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        }

        @Test
        void invokeAll_mixed_returnsAllOfThemDoneAndInOrder() throws Exception {
            List<Callable<String>> tasks = List.of(() -> "first", Contract::decline, () -> "third");

            List<Future<String>> futures = executor.invokeAll(tasks);

            assertThat(futures).hasSize(3).allMatch(Future::isDone);
            assertThat(futures.get(0).get()).isEqualTo("first");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> futures.get(1).get())
                    .withCauseInstanceOf(IllegalStateException.class);
            assertThat(futures.get(2).get()).isEqualTo("third");
        }

        @Test
        void invokeAll_outOfTime_cancelsTheRest() throws Exception {
            Callable<String> blocking = () -> {
                block(new CountDownLatch(1), new CountDownLatch(1));
                return "never";
            };
            List<Future<String>> futures = executor.invokeAll(List.of(blocking, () -> "behind"), 100, MILLISECONDS);

            assertThat(futures).hasSize(2).allMatch(Future::isCancelled);
            assertThat(executor.submit(() -> "free again").get()).isEqualTo("free again");
        }

        @Test
        void invokeAll_withoutTime_runsNothing() throws Exception {
            List<Future<String>> futures = executor.invokeAll(List.of(Contract::decline), 0, NANOSECONDS);

            assertThat(futures).hasSize(1).allMatch(Future::isCancelled);
        }

        @Test
        void invokeAll_interrupted_cancelsAll() throws Exception {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> executor.invokeAll(List.of(
                            () -> {
                                block(new CountDownLatch(1), new CountDownLatch(1));
                                return "never";
                            },
                            () -> "behind")));

            assertThat(executor.submit(() -> "free again").get()).isEqualTo("free again");
        }

        @Test
        void invokeAny_someFail_returnsTheResult() throws Exception {
            List<Callable<String>> tasks = List.of(Contract::decline, () -> "second");

            String result = executor.invokeAny(tasks);
            String inTime = executor.invokeAny(tasks, 1, HOURS);

            assertThat(result).isEqualTo("second").isEqualTo(inTime);
        }

        @Test
        void execute_fails_reachesTheUncaughtExceptionHandler() throws Exception {
            CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
            IllegalStateException failure = new IllegalStateException("declined");

            executor.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.complete(thrown));
                throw failure;
            });

            assertThat(uncaught.get()).isSameAs(failure);
            assertThat(executor.submit(() -> Thread.currentThread().getName()).get())
                    .matches("fixed-async-event-loop-\\d+-thread-2");
        }

        @Test
        void submit_afterShutdown_isRejectedAndCancelled() throws Exception {
            List<Runnable> rejected = new ArrayList<>();
            ThreadPoolExecutor delegate =
                    new ThreadPoolExecutor(1, 1, 0, SECONDS, new SynchronousQueue<>(), (task, pool) -> {
                        rejected.add(task);
                        throw new RejectedExecutionException("full");
                    });
            FixedAsyncExecutor over = opened(FixedAsyncExecutor.over(delegate));
            over.shutdown();

            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> over.submit(() -> "never"))
                    .withMessage("full");
            assertThat(rejected).singleElement().matches(task -> ((Future<?>) task).isCancelled());
            assertThat(over.isShutdown()).isTrue();
            assertThat(over.awaitTermination(30, SECONDS)).isTrue();
            assertThat(over.isTerminated()).isTrue();
        }

        @Test
        void shutdownNow_returnsWhatHasNotStarted_forTheCallerToRun() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            Future<?> running = executor.submit(() -> block(started, interrupted));
            started.await();
            Future<String> waiting = executor.submit(() -> "run by the caller");
            Runnable command = () -> {};
            executor.execute(command);

            List<Runnable> pending = executor.shutdownNow();

            assertThat(pending).containsExactly((Runnable) waiting, command);
            interrupted.await();
            running.get();
            pending.get(0).run();
            assertThat(waiting.get()).isEqualTo("run by the caller");
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        }

        @Test
        void eventLoop_runsInOrderOnOneThread() throws Exception {
            List<String> threads = Collections.synchronizedList(new ArrayList<>());
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < 100; i++) {
                int number = i;
                executor.execute(() -> {
                    order.add(number);
                    threads.add(Thread.currentThread().getName()
                            + Thread.currentThread().isDaemon());
                });
            }
            executor.shutdown();

            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            assertThat(order).hasSize(100).isSorted();
            assertThat(Set.copyOf(threads))
                    .singleElement()
                    .asString()
                    .matches("fixed-async-event-loop-\\d+-thread-1false");
        }

        @Test
        void fixedPool_runsThatManyAtATime() throws Exception {
            FixedAsyncExecutor pool = opened(FixedAsyncExecutor.fixedPool(3));
            CountDownLatch together = new CountDownLatch(3);
            Callable<String> task = () -> {
                together.countDown();
                together.await();
                return Thread.currentThread().getName().replaceAll("pool-\\d+", "pool-N");
            };

            List<String> names = new ArrayList<>();
            for (Future<String> future : pool.invokeAll(Collections.nCopies(3, task))) {
                names.add(future.get());
            }

            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "fixed-async-pool-N-thread-1",
                            "fixed-async-pool-N-thread-2",
                            "fixed-async-pool-N-thread-3");
        }

        @Test
        void fixedPool_ofNoThreads_saysSo() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FixedAsyncExecutor.fixedPool(0))
                    .withMessage("FixedAsyncExecutor.fixedPool(0): give at least 1 thread");
        }

        @Test
        void virtualThreads_runOnThem_orSayThatThereAreNone() throws Exception {
            if (Runtime.version().feature() < 21) {
                assertThatExceptionOfType(UnsupportedOperationException.class)
                        .isThrownBy(FixedAsyncExecutor::virtualThreads)
                        .withMessage("FixedAsyncExecutor.virtualThreads(): JDK "
                                + Runtime.version().feature()
                                + " has no virtual threads, JDK 21 has: use fixedPool(..) instead");
            } else {
                assertThat(opened(FixedAsyncExecutor.virtualThreads())
                                .submit(() -> Thread.currentThread().toString())
                                .get())
                        .startsWith("VirtualThread");
            }
        }

        @Test
        void forkJoinPool_shutDownNow_cancelsWhatItDrops() throws Exception {
            FixedAsyncExecutor over = opened(FixedAsyncExecutor.over(new ForkJoinPool(1)));
            CountDownLatch started = new CountDownLatch(1);
            Future<?> running = over.submit(() -> block(started, new CountDownLatch(1)));
            started.await();
            Future<String> waiting = over.submit(() -> "never");

            over.shutdownNow();

            assertThatExceptionOfType(CancellationException.class).isThrownBy(waiting::get);
            over.awaitTermination(30, SECONDS);
            assertThat(running).isDone();
        }

        @Test
        void close_waitsForTheTasks_andOverTheCommonPoolDoesNothing() throws Exception {
            Future<String> future;
            FixedAsyncExecutor closed;
            try (FixedAsyncExecutor own = FixedAsyncExecutor.fixedPool(1)) {
                closed = own;
                future = own.submit(() -> {
                    MILLISECONDS.sleep(20);
                    return "result";
                });
            }
            assertThat(future).isDone();
            assertThat(closed.isTerminated()).isTrue();

            FixedAsyncExecutor common = FixedAsyncExecutor.over(ForkJoinPool.commonPool());
            common.close();
            assertThat(common.submit(() -> "result").get()).isEqualTo("result");
        }

        @Test
        void close_interrupted_interruptsTheTasks_andStaysInterrupted() throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch interrupted = new CountDownLatch(1);
            executor.submit(() -> block(started, interrupted));
            started.await();
            Thread.currentThread().interrupt();

            executor.close();

            assertThat(Thread.interrupted()).isTrue();
            interrupted.await();
            assertThat(executor.isTerminated()).isTrue();
        }

        @Test
        void releaseResults_givesAResultToOneReader() throws Exception {
            FixedAsyncExecutor releasing = executor.releaseResults();
            Object result = new Object();
            Future<Object> future = releasing.submit(() -> result);
            Future<?> none = releasing.submit(() -> {});

            assertThat(future.get()).isSameAs(result);
            assertThatIllegalStateException()
                    .isThrownBy(future::get)
                    .withMessage("The result was delivered to an earlier reader, as releaseResults() asks for");
            assertThat(none.get()).isNull();
            assertThat(none.get()).isNull();
            assertThat(future).asString().endsWith("[Completed normally]");
        }

        private static String decline() {
            throw new IllegalStateException("declined");
        }

        private static void block(CountDownLatch started, CountDownLatch interrupted) {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
        }
    }
}
