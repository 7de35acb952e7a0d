package io.github.retainless.executor;

import static io.github.retainless.testing.Soon.await;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ExecutorService} and {@link Future} promise, kept whatever the executor runs on. */
@Timeout(60)
class ExecutorServiceContractTests {
    private final List<ExecutorService> opened = new ArrayList<>();

    @AfterEach
    void shutDown() {
        opened.forEach(ExecutorService::shutdownNow);
    }

    private <E extends ExecutorService> E opened(E executor) {
        opened.add(executor);
        return executor;
    }

    private ExecutorService open(Backing backing) {
        return opened(backing.factory.get());
    }

    /** What the executor runs on. */
    enum Backing {
        FIXED_POOL(() -> FixedAsyncExecutor.over(Executors.newFixedThreadPool(2))),
        SINGLE_THREAD(() -> FixedAsyncExecutor.over(Executors.newSingleThreadExecutor())),
        CACHED_POOL(() -> FixedAsyncExecutor.over(Executors.newCachedThreadPool())),
        FORK_JOIN_POOL(() -> FixedAsyncExecutor.over(new ForkJoinPool(2))),
        SCHEDULED_POOL(() -> FixedAsyncExecutor.over(Executors.newScheduledThreadPool(2))),
        OWN_POOL(() -> FixedAsyncExecutor.fixedPool(2)),
        OWN_EVENT_LOOP(FixedAsyncExecutor::eventLoop),
        OWN_SCHEDULED_POOL(() -> FixedAsyncExecutor.scheduledPool(2)),
        VIRTUAL_THREADS(FixedAsyncExecutor::virtualThreads);

        private final Supplier<ExecutorService> factory;

        Backing(Supplier<ExecutorService> factory) {
            this.factory = factory;
        }

        /** A scheduled pool keeps what a command throws in a future that nobody can read. */
        boolean handsOverWhatCommandsThrow() {
            return this != SCHEDULED_POOL && this != OWN_SCHEDULED_POOL;
        }

        /** A fork-join pool does not return the tasks that it has not begun, it cancels them. */
        boolean returnsWhatHasNotStarted() {
            return this != FORK_JOIN_POOL;
        }
    }

    static Set<Backing> backings() {
        return Runtime.version().feature() >= 21
                ? EnumSet.allOf(Backing.class)
                : EnumSet.complementOf(EnumSet.of(Backing.VIRTUAL_THREADS));
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "over {0}")
    @MethodSource("io.github.retainless.executor.ExecutorServiceContractTests#backings")
    @interface OnEachBacking {}

    /** Tasks that wait until they are interrupted, and tell how many of them did. */
    private static final class Blockers {
        final AtomicInteger started = new AtomicInteger();
        final AtomicInteger interrupted = new AtomicInteger();

        String block() {
            started.incrementAndGet();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                interrupted.incrementAndGet();
            }
            return "interrupted";
        }

        void awaitStarted() {
            await().until(() -> started.get() > 0);
        }

        /** A task that is interrupted may not have begun to wait. */
        void assertAllThatStartedAreInterrupted() {
            await().untilAsserted(() -> assertThat(interrupted).hasValue(started.get()));
        }
    }

    private static void assertRejected(ThrowingCallable call) {
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(call);
    }

    private static void assertUsable(ExecutorService executor) throws Exception {
        assertThat(executor.submit(() -> "usable").get(30, SECONDS)).isEqualTo("usable");
    }

    private static <T> Callable<T> failing(Throwable failure) {
        return () -> {
            throw ExecutorServiceContractTests.<RuntimeException>unchecked(failure);
        };
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> X unchecked(Throwable failure) throws X {
        throw (X) failure;
    }

    @Nested
    class Submission {
        @OnEachBacking
        void null_isRefused(Backing backing) throws Exception {
            ExecutorService executor = open(backing);

            assertThatNullPointerException().isThrownBy(() -> executor.execute(null));
            assertThatNullPointerException().isThrownBy(() -> executor.submit((Runnable) null));
            assertThatNullPointerException().isThrownBy(() -> executor.submit(null, "result"));
            assertThatNullPointerException().isThrownBy(() -> executor.submit((Callable<?>) null));
            assertUsable(executor);
        }

        @OnEachBacking
        void ofEachKind_runsOnce_andGivesItsResult(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            AtomicInteger runs = new AtomicInteger();
            Runnable task = runs::incrementAndGet;
            Object result = new Object();

            executor.execute(task);
            Future<?> none = executor.submit(task);
            Future<Object> given = executor.submit(task, result);
            Future<Integer> called = executor.submit(() -> 10 + runs.incrementAndGet() - runs.get());

            assertThat(none.get()).isNull();
            assertThat(given.get(1, HOURS)).isSameAs(result);
            assertThat(called.get()).isLessThanOrEqualTo(10);
            await().untilAsserted(() -> assertThat(runs).hasValue(4));
            assertThat(List.of(none, given, called)).allMatch(Future::isDone).noneMatch(Future::isCancelled);
        }

        @OnEachBacking
        void afterShutdown_isRejected(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            executor.shutdown();
            List<Callable<String>> tasks = List.of(() -> "never");

            assertRejected(() -> executor.execute(() -> {}));
            assertRejected(() -> executor.submit(() -> {}));
            assertRejected(() -> executor.submit(() -> {}, "never"));
            assertRejected(() -> executor.submit(() -> "never"));
            assertRejected(() -> executor.invokeAll(tasks));
            assertRejected(() -> executor.invokeAll(tasks, 1, HOURS));
            assertRejected(() -> executor.invokeAny(tasks));
            assertRejected(() -> executor.invokeAny(tasks, 1, HOURS));
            assertThat(executor.invokeAll(List.<Callable<String>>of())).isEmpty();
        }

        @OnEachBacking
        void fromATask_runs(Backing backing) throws Exception {
            ExecutorService executor = open(backing);

            Future<Future<String>> outer = executor.submit(() -> executor.submit(() -> "from a task"));

            assertThat(outer.get().get()).isEqualTo("from a task");
        }

        @OnEachBacking
        void byACompletionService_comesBackByIt(Backing backing) throws Exception {
            CompletionService<String> service = new ExecutorCompletionService<>(open(backing));
            IllegalStateException failure = new IllegalStateException("declined");
            Future<String> good = service.submit(() -> "good");
            Future<String> bad = service.submit(failing(failure));

            List<Future<String>> taken = List.of(service.take(), service.take());

            assertThat(service.poll()).isNull();
            assertThat(taken).containsExactlyInAnyOrder(good, bad);
            assertThat(good.get()).isEqualTo("good");
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(bad::get)
                    .satisfies(thrown -> assertThat(thrown.getCause()).isSameAs(failure));
        }

        @OnEachBacking
        void ofACompletableFuture_completesIt(Backing backing) {
            ExecutorService executor = open(backing);

            CompletableFuture<String> stages = CompletableFuture.supplyAsync(() -> "sup", executor)
                    .thenApplyAsync(value -> value + "plied", executor);

            assertThat(stages.join()).isEqualTo("supplied");
        }
    }

    @Nested
    class Failures {
        static Stream<Arguments> throwablesOnEachBacking() throws ReflectiveOperationException {
            List<Throwable> throwables = List.of(
                    new Exception("checked"),
                    new IllegalStateException("unchecked"),
                    new AssertionError("an error"),
                    new OutOfMemoryError("thrown by a task"),
                    new StackOverflowError("thrown by a task"),
                    new NoClassDefFoundError("thrown by a task"),
                    // Deprecated for removal, so it is not named in the code.
                    (Throwable) Class.forName("java.lang.ThreadDeath")
                            .getConstructor()
                            .newInstance(),
                    new Throwable("neither an exception nor an error"),
                    new InterruptedException("thrown by a task"),
                    new CancellationException("thrown by a task"),
                    new TimeoutException("thrown by a task"),
                    new RejectedExecutionException("thrown by a task"),
                    new ExecutionException("thrown by a task", null));
            return backings().stream()
                    .flatMap(backing -> throwables.stream().map(thrown -> Arguments.of(thrown, backing)));
        }

        @ParameterizedTest(name = "{0} over {1}")
        @MethodSource("throwablesOnEachBacking")
        void ofAnyKind_areDelivered_andHarmNothing(Throwable thrown, Backing backing) throws Exception {
            ExecutorService executor = open(backing);

            Future<?> future = executor.submit(failing(thrown));

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> future.get(30, SECONDS))
                    .satisfies(delivered -> assertThat(delivered.getCause()).isSameAs(thrown));
            assertThat(future).isDone().isNotCancelled();
            assertUsable(executor);
        }

        @OnEachBacking
        void ofACommand_reachTheHandlerOfTheThread_andHarmNothing(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            List<Throwable> failures = List.of(new IllegalStateException("declined"), new AssertionError("broken"));
            List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());

            for (Throwable failure : failures) {
                executor.execute(() -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> handled.add(thrown));
                    unchecked(failure);
                });
            }

            assertUsable(executor);
            executor.shutdown();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            if (backing.handsOverWhatCommandsThrow()) {
                await().untilAsserted(() -> assertThat(handled).containsExactlyInAnyOrderElementsOf(failures));
            } else {
                assertThat(handled).isEmpty();
            }
        }
    }

    @Nested
    class Waiting {
        @OnEachBacking
        void get_interrupted_throws_andLeavesTheTaskAlone(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            CountDownLatch release = new CountDownLatch(1);
            Future<String> future = executor.submit(() -> {
                release.await();
                return "finished";
            });
            for (Callable<String> read : List.<Callable<String>>of(future::get, () -> future.get(1, HOURS))) {
                CompletableFuture<Object> seen = new CompletableFuture<>();
                Thread reader = new Thread(() -> seen.complete(outcomeOf(read)));
                reader.start();
                await().until(() ->
                        reader.getState() == Thread.State.WAITING || reader.getState() == Thread.State.TIMED_WAITING);

                reader.interrupt();

                assertThat(seen.get(30, SECONDS)).isInstanceOf(InterruptedException.class);
            }
            assertThat(future).isNotDone();
            release.countDown();
            assertThat(future.get()).isEqualTo("finished");
        }

        private static Object outcomeOf(Callable<?> read) {
            try {
                return read.call();
            } catch (Exception thrown) {
                return thrown;
            }
        }

        @OnEachBacking
        void get_outOfTime_throws_notTooEarly(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            CountDownLatch release = new CountDownLatch(1);
            Future<String> future = executor.submit(() -> {
                release.await();
                return "finished";
            });

            for (long expired : new long[] {0, -1}) {
                assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(expired, NANOSECONDS));
            }
            long start = System.nanoTime();
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(20, MILLISECONDS));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(20));
            assertThat(future).isNotDone();

            release.countDown();
            assertThat(future.get(Long.MAX_VALUE, NANOSECONDS)).isEqualTo("finished");
            assertThat(future.get(-1, HOURS)).isEqualTo("finished");
        }

        @OnEachBacking
        void get_withoutAUnit_isRefused_doneOrNot(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            CountDownLatch release = new CountDownLatch(1);
            Future<String> future = executor.submit(() -> {
                release.await();
                return "finished";
            });

            assertThatNullPointerException().isThrownBy(() -> future.get(1, null));
            release.countDown();
            assertThat(future.get()).isEqualTo("finished");
            assertThatNullPointerException().isThrownBy(() -> future.get(1, null));
        }

        @OnEachBacking
        void manyReaders_allGetTheResult(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            ExecutorService readers = opened(Executors.newFixedThreadPool(8));
            CyclicBarrier together = new CyclicBarrier(9);
            Object result = new Object();
            for (int round = 0; round < 50; round++) {
                CountDownLatch release = new CountDownLatch(1);
                Future<Object> future = executor.submit(() -> {
                    release.await();
                    return result;
                });
                Callable<Object> read = () -> {
                    together.await();
                    return future.get(30, SECONDS);
                };
                List<Future<Object>> seen = IntStream.range(0, 8)
                        .mapToObj(i -> readers.submit(read))
                        .toList();

                together.await();
                release.countDown();

                for (Future<Object> one : seen) {
                    assertThat(one.get()).isSameAs(result);
                }
            }
        }
    }

    @Nested
    class Cancellation {
        @OnEachBacking
        void withInterrupt_interruptsTheTask_andNoneAfterIt(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            for (int round = 0; round < 50; round++) {
                CountDownLatch started = new CountDownLatch(1);
                Future<?> spinning = executor.submit(() -> {
                    started.countDown();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                });
                started.await();

                assertThat(spinning.cancel(true)).isTrue();

                assertThatExceptionOfType(CancellationException.class).isThrownBy(spinning::get);
                assertThat(executor.submit(() -> Thread.currentThread().isInterrupted())
                                .get())
                        .isFalse();
            }
        }

        @OnEachBacking
        void withoutInterrupt_letsTheTaskFinish_unread(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            CountDownLatch finished = new CountDownLatch(1);
            Future<String> future = executor.submit(() -> {
                started.countDown();
                release.await();
                finished.countDown();
                return "finished";
            });
            started.await();

            assertThat(future.cancel(false)).isTrue();

            assertThat(future).isDone().isCancelled();
            release.countDown();
            assertThat(finished.await(30, SECONDS)).isTrue();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.get(1, HOURS));
            assertThat(future.cancel(true)).isFalse();
        }

        @OnEachBacking
        void wakesTheReaders(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            ExecutorService readers = opened(Executors.newFixedThreadPool(3));
            Blockers blockers = new Blockers();
            Future<String> future = executor.submit(blockers::block);
            List<Future<String>> reading = List.of(
                    readers.submit(() -> future.get()),
                    readers.submit(() -> future.get()),
                    readers.submit(() -> future.get(1, HOURS)));
            blockers.awaitStarted();

            assertThat(future.cancel(true)).isTrue();

            for (Future<String> reader : reading) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(() -> reader.get(30, SECONDS))
                        .withCauseInstanceOf(CancellationException.class);
            }
            blockers.assertAllThatStartedAreInterrupted();
        }

        @OnEachBacking
        void afterCompletion_changesNothing(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Future<String> future = executor.submit(() -> "finished");
            assertThat(future.get()).isEqualTo("finished");

            assertThat(future.cancel(true)).isFalse();

            assertThat(future).isDone().isNotCancelled();
            assertThat(future.get()).isEqualTo("finished");
        }

        @Test
        void ofWhatHasNotStarted_keepsItFromRunning() throws Exception {
            ExecutorService executor = opened(FixedAsyncExecutor.eventLoop());
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger runs = new AtomicInteger();
            executor.execute(() -> awaitQuietly(release));
            Future<Integer> waiting = executor.submit(runs::incrementAndGet);

            assertThat(waiting.cancel(true)).isTrue();

            release.countDown();
            assertUsable(executor);
            assertThat(runs).hasValue(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException shutDown) {
            Thread.currentThread().interrupt();
        }
    }

    @Nested
    class InvokeAll {
        @OnEachBacking
        void withBadArguments_isRefused_beforeAnythingRuns(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            AtomicInteger runs = new AtomicInteger();
            List<Callable<Integer>> withNull = Arrays.asList(runs::incrementAndGet, null);
            List<Callable<Integer>> tasks = List.of(runs::incrementAndGet);

            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(null, 1, HOURS));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(withNull));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(withNull, 1, HOURS));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAll(tasks, 1, null));

            assertUsable(executor);
            assertThat(runs).hasValue(0);
        }

        @OnEachBacking
        void ofNothing_returnsNothing(Backing backing) throws Exception {
            ExecutorService executor = open(backing);

            assertThat(executor.invokeAll(List.<Callable<String>>of())).isEmpty();
            assertThat(executor.invokeAll(List.<Callable<String>>of(), 1, HOURS))
                    .isEmpty();
        }

        @OnEachBacking
        void inTime_returnsAllDone_inOrder(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            List<Callable<Integer>> tasks = IntStream.range(0, 100)
                    .<Callable<Integer>>mapToObj(number -> () -> number)
                    .toList();
            List<Integer> numbers = IntStream.range(0, 100).boxed().toList();

            List<Future<Integer>> futures = executor.invokeAll(tasks);
            List<Future<Integer>> inTime = executor.invokeAll(tasks, 1, HOURS);

            assertThat(futures).allMatch(Future::isDone).map(Future::get).isEqualTo(numbers);
            assertThat(inTime).allMatch(Future::isDone).map(Future::get).isEqualTo(numbers);
        }

        /** On all backings at the same time, since each waits half a second for its time to run out. */
        @Test
        void outOfTime_interruptsWhatRuns_andCancelsTheRest() throws Exception {
            ExecutorService callers = opened(Executors.newCachedThreadPool());
            Map<Backing, Future<?>> calls = new EnumMap<>(Backing.class);
            for (Backing backing : backings()) {
                ExecutorService executor = open(backing);
                calls.put(backing, callers.submit(() -> {
                    invokeAllOutOfTime(executor);
                    return null;
                }));
            }

            calls.forEach((backing, call) ->
                    assertThatCode(call::get).as("over %s", backing).doesNotThrowAnyException());
        }

        private void invokeAllOutOfTime(ExecutorService executor) throws Exception {
            assertUsable(executor); // so that the first task does not wait for a thread to start
            Blockers blockers = new Blockers();
            List<Callable<String>> tasks = new ArrayList<>(List.of(() -> "in time"));
            tasks.addAll(Collections.nCopies(5, blockers::block));
            long start = System.nanoTime();

            List<Future<String>> futures = executor.invokeAll(tasks, 500, MILLISECONDS);

            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(500));
            assertThat(futures.get(0).get()).isEqualTo("in time");
            assertThat(futures.subList(1, 6)).allMatch(Future::isCancelled);
            blockers.assertAllThatStartedAreInterrupted();
            assertUsable(executor);
        }

        @OnEachBacking
        void interrupted_interruptsWhatRuns(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            Thread caller = Thread.currentThread();
            Callable<String> interrupting = () -> {
                caller.interrupt();
                return blockers.block();
            };

            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> executor.invokeAll(List.of(interrupting, blockers::block, blockers::block)));

            blockers.assertAllThatStartedAreInterrupted();
            assertUsable(executor);
        }

        @Test
        void rejectedHalfway_cancelsThoseThatStarted() throws Exception {
            ExecutorService executor =
                    opened(FixedAsyncExecutor.over(new ThreadPoolExecutor(2, 2, 0, SECONDS, new SynchronousQueue<>())));
            Blockers blockers = new Blockers();

            assertRejected(() -> executor.invokeAll(Collections.nCopies(3, blockers::block)));

            blockers.assertAllThatStartedAreInterrupted();
        }
    }

    @Nested
    class InvokeAny {
        @OnEachBacking
        void withBadArguments_isRefused(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            List<Callable<String>> withNull = Arrays.asList(failing(new IllegalStateException("declined")), null);
            List<Callable<String>> tasks = List.of(() -> "any");

            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(null));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(null, 1, HOURS));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(withNull));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(withNull, 1, HOURS));
            assertThatNullPointerException().isThrownBy(() -> executor.invokeAny(tasks, 1, null));
            assertThatIllegalArgumentException().isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> executor.invokeAny(List.<Callable<String>>of(), 1, HOURS));
            assertUsable(executor);
        }

        @OnEachBacking
        void ofWhichOneSucceeds_interruptsTheOthers(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            List<Callable<String>> tasks = List.of(() -> "first", blockers::block, blockers::block);

            assertThat(executor.invokeAny(tasks)).isEqualTo("first");
            assertThat(executor.invokeAny(tasks, 1, HOURS)).isEqualTo("first");

            blockers.assertAllThatStartedAreInterrupted();
            assertUsable(executor);
        }

        @OnEachBacking
        void ofWhichAllFail_throwsOneOfTheFailures(Backing backing) {
            ExecutorService executor = open(backing);
            List<Throwable> failures = List.of(new IllegalStateException("declined"), new AssertionError("broken"));
            List<Callable<String>> tasks = failures.stream()
                    .map(ExecutorServiceContractTests::<String>failing)
                    .toList();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> executor.invokeAny(tasks))
                    .satisfies(thrown -> assertThat(failures).contains(thrown.getCause()));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> executor.invokeAny(tasks, 1, HOURS))
                    .satisfies(thrown -> assertThat(failures).contains(thrown.getCause()));
        }

        @OnEachBacking
        void outOfTime_throws_andInterruptsWhatRuns(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();

            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> executor.invokeAny(Collections.nCopies(3, blockers::block), 20, MILLISECONDS));

            blockers.assertAllThatStartedAreInterrupted();
            assertUsable(executor);
        }

        @OnEachBacking
        void interrupted_throws_andInterruptsWhatRuns(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            Thread caller = Thread.currentThread();
            Callable<String> interrupting = () -> {
                caller.interrupt();
                return blockers.block();
            };

            assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> executor.invokeAny(List.of(interrupting, blockers::block)));

            blockers.assertAllThatStartedAreInterrupted();
            assertUsable(executor);
        }
    }

    @Nested
    class Shutdown {
        @OnEachBacking
        void lets_runWhatWasSubmitted(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            assertThat(executor.isShutdown()).isFalse();
            assertThat(executor.awaitTermination(1, MILLISECONDS)).isFalse();
            assertThat(executor.awaitTermination(-1, SECONDS)).isFalse();
            List<Future<Integer>> futures = IntStream.range(0, 200)
                    .mapToObj(number -> executor.submit(() -> {
                        Thread.yield();
                        return number;
                    }))
                    .toList();

            executor.shutdown();
            executor.shutdown();

            assertThat(executor.isShutdown()).isTrue();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            assertThat(executor.isTerminated()).isTrue();
            assertThat(executor.awaitTermination(0, SECONDS)).isTrue();
            assertThat(futures)
                    .map(Future::get)
                    .isEqualTo(IntStream.range(0, 200).boxed().toList());
        }

        @OnEachBacking
        void atOnce_interruptsWhatRuns_andReturnsOrCancelsTheRest(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            List<Future<String>> futures = IntStream.range(0, 10)
                    .mapToObj(number -> executor.submit(blockers::block))
                    .toList();
            blockers.awaitStarted();

            List<Runnable> pending = executor.shutdownNow();

            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
            blockers.assertAllThatStartedAreInterrupted();
            long ran = futures.stream()
                    .filter(future -> future.isDone() && !future.isCancelled())
                    .count();
            assertThat(ran).isPositive().isEqualTo(blockers.started.get());
            if (backing.returnsWhatHasNotStarted()) {
                assertThat(pending).hasSize(10 - (int) ran);
            } else {
                assertThat(pending).isEmpty();
                assertThat(futures).allMatch(Future::isDone);
            }
        }

        @OnEachBacking
        void awaited_canBeInterrupted(Backing backing) {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            executor.submit(blockers::block);
            blockers.awaitStarted();
            executor.shutdown();
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> executor.awaitTermination(1, HOURS));

            assertThat(executor.isTerminated()).isFalse();
        }

        @OnEachBacking
        void byClose_waitsForWhatWasSubmitted(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            List<Future<Integer>> futures = IntStream.range(0, 50)
                    .mapToObj(number -> executor.submit(() -> {
                        Thread.sleep(1);
                        return number;
                    }))
                    .toList();

            ((AutoCloseable) executor).close();
            ((AutoCloseable) executor).close();

            assertThat(executor.isTerminated()).isTrue();
            assertThat(futures).allMatch(Future::isDone);
            assertThat(futures.get(49).get()).isEqualTo(49);
        }

        @OnEachBacking
        void byClose_interrupted_interruptsWhatRuns(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Blockers blockers = new Blockers();
            Future<String> running = executor.submit(blockers::block);
            blockers.awaitStarted();
            Thread.currentThread().interrupt();

            ((AutoCloseable) executor).close();

            assertThat(Thread.interrupted()).isTrue();
            assertThat(executor.isTerminated()).isTrue();
            assertThat(running.get()).isEqualTo("interrupted");
        }
    }

    @Nested
    class Concurrency {
        /** No volatile, no lock: only what the executor orders is seen for sure. */
        private static final class Plain {
            int value;
        }

        @OnEachBacking
        void whatWasWrittenBefore_isSeenByTheTask_andWhatTheTaskWrote_byTheReader(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            Plain plain = new Plain();
            for (int round = 0; round < 2_000; round++) {
                int before = 2 * round + 1;
                plain.value = before;

                Future<Integer> seen = executor.submit(() -> {
                    int read = plain.value;
                    plain.value = read + 1;
                    return read;
                });

                assertThat(seen.get()).isEqualTo(before);
                assertThat(plain.value).isEqualTo(before + 1);
            }
        }

        @OnEachBacking
        void whatTasksWrote_isSeenAfterInvokeAllAndAfterTermination(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            List<Plain> all = Stream.generate(Plain::new).limit(100).toList();
            executor.invokeAll(all.stream()
                    .<Callable<Integer>>map(plain -> () -> plain.value++)
                    .toList());
            assertThat(all).allMatch(plain -> plain.value == 1);

            all.forEach(plain -> executor.execute(() -> plain.value++));
            executor.shutdown();
            assertThat(executor.awaitTermination(30, SECONDS)).isTrue();

            assertThat(all).allMatch(plain -> plain.value == 2);
        }

        @OnEachBacking
        void manySubmitters_eachGetTheirOwnOutcomes(Backing backing) throws Exception {
            ExecutorService executor = open(backing);
            int submitters = 8;
            ExecutorService threads = opened(Executors.newFixedThreadPool(submitters));
            CyclicBarrier together = new CyclicBarrier(submitters);
            Callable<String> submitter = () -> {
                together.await();
                for (int number = 0; number < 300; number++) {
                    submitAndCheck(executor, number);
                }
                return "right";
            };

            List<Future<String>> outcomes = threads.invokeAll(Collections.nCopies(submitters, submitter));

            assertThat(outcomes).map(Future::get).hasSize(submitters).containsOnly("right");
        }

        private static void submitAndCheck(ExecutorService executor, int number) throws Exception {
            IllegalStateException failure = new IllegalStateException("declined " + number);
            Future<Integer> good = executor.submit(() -> number);
            Future<Integer> bad = executor.submit(failing(failure));
            Future<Integer> dropped = executor.submit(() -> number);
            boolean cancelled = dropped.cancel(number % 2 == 0);

            assertThat(good.get()).isEqualTo(number);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(bad::get)
                    .satisfies(thrown -> assertThat(thrown.getCause()).isSameAs(failure));
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(bad::get)
                    .withCauseExactlyInstanceOf(FailureSummary.class);
            assertThat(dropped.isCancelled()).isEqualTo(cancelled);
        }
    }

    @Nested
    class OddDelegates {
        /** Does with a task what a test says. */
        private static final class Stub extends AbstractExecutorService {
            private final Executor behaviour;

            Stub(Executor behaviour) {
                this.behaviour = behaviour;
            }

            @Override
            public void execute(Runnable command) {
                behaviour.execute(command);
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
                return false;
            }
        }

        static Stream<Throwable> thrownByDelegates() {
            return Stream.of(
                    new RejectedExecutionException("full"),
                    new IllegalStateException("broken"),
                    new OutOfMemoryError("unable to create native thread"));
        }

        @ParameterizedTest
        @MethodSource("thrownByDelegates")
        void thatThrows_passesItOn_andCancelsTheTask(Throwable thrown) throws Exception {
            List<Runnable> given = new ArrayList<>();
            FixedAsyncExecutor executor = FixedAsyncExecutor.over(new Stub(command -> {
                given.add(command);
                unchecked(thrown);
            }));
            AtomicInteger runs = new AtomicInteger();
            Callable<Integer> task = runs::incrementAndGet;

            assertThatExceptionOfType(Throwable.class)
                    .isThrownBy(() -> executor.submit(task))
                    .isSameAs(thrown);
            assertThatExceptionOfType(Throwable.class)
                    .isThrownBy(() -> executor.invokeAll(List.of(task)))
                    .isSameAs(thrown);
            assertThat(given).hasSize(2);
            given.forEach(Runnable::run);
            assertThat(runs).hasValue(0);

            assertThatExceptionOfType(Throwable.class)
                    .isThrownBy(() -> executor.invokeAny(List.of(task)))
                    .isSameAs(thrown);
            assertThatExceptionOfType(Throwable.class)
                    .isThrownBy(() -> executor.execute(runs::incrementAndGet))
                    .isSameAs(thrown);
        }

        @Test
        void withoutAThread_passesOnWhatTheFactoryThrows_andRecovers() throws Exception {
            AtomicInteger asked = new AtomicInteger();
            ExecutorService executor = opened(FixedAsyncExecutor.over(Executors.newFixedThreadPool(1, work -> {
                if (asked.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return new Thread(work);
            })));

            assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> executor.submit(() -> "never"));

            assertUsable(executor);
        }

        @Test
        void thatRunInTheCaller_keepTheFailureForTheReader() throws Exception {
            FixedAsyncExecutor executor = FixedAsyncExecutor.over(new Stub(Runnable::run));
            IllegalStateException failure = new IllegalStateException("declined");

            Future<?> failed = executor.submit(failing(failure));

            assertThat(failed).isDone();
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(failed::get)
                    .satisfies(thrown -> assertThat(thrown.getCause()).isSameAs(failure));
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> executor.execute(() -> unchecked(failure)))
                    .isSameAs(failure);
        }

        @Test
        void thatAreSaturated_reject_untilThereIsRoom() throws Exception {
            ExecutorService executor = opened(
                    FixedAsyncExecutor.over(new ThreadPoolExecutor(1, 1, 0, SECONDS, new ArrayBlockingQueue<>(1))));
            Blockers blockers = new Blockers();
            Future<String> running = executor.submit(blockers::block);
            Future<String> queued = executor.submit(() -> "queued");

            assertRejected(() -> executor.submit(() -> "never"));
            assertRejected(() -> executor.execute(() -> {}));

            blockers.awaitStarted();
            running.cancel(true);
            assertThat(queued.get()).isEqualTo("queued");
            assertUsable(executor);
        }

        @Test
        void thatAreSaturated_mayRunInTheCaller() throws Exception {
            ExecutorService executor = opened(FixedAsyncExecutor.over(new ThreadPoolExecutor(
                    1, 1, 0, SECONDS, new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.CallerRunsPolicy())));
            CountDownLatch release = new CountDownLatch(1);
            executor.execute(() -> awaitQuietly(release));
            executor.execute(() -> {});

            Future<Thread> here = executor.submit(Thread::currentThread);

            assertThat(here).isDone();
            assertThat(here.get()).isSameAs(Thread.currentThread());
            release.countDown();
        }

        @Test
        void thatDie_leaveToTheCallerWhatTheyReturn_whoseReadersAreWokenByCancelling() throws Exception {
            ExecutorService delegate = Executors.newFixedThreadPool(1);
            ExecutorService executor = opened(FixedAsyncExecutor.over(delegate));
            ExecutorService readers = opened(Executors.newFixedThreadPool(2));
            Blockers blockers = new Blockers();
            Future<String> running = executor.submit(blockers::block);
            Future<String> queued = executor.submit(() -> "never");
            Future<String> readsRunning = readers.submit(() -> running.get());
            Future<String> readsQueued = readers.submit(() -> queued.get());
            blockers.awaitStarted();

            List<Runnable> pending = delegate.shutdownNow();

            assertThat(readsRunning.get(30, SECONDS)).isEqualTo("interrupted");
            assertThat(pending).isEqualTo(List.of(queued));
            assertThat(readsQueued).isNotDone();
            ((Future<?>) pending.get(0)).cancel(false);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> readsQueued.get(30, SECONDS))
                    .withCauseInstanceOf(CancellationException.class);
            assertRejected(() -> executor.submit(() -> "never"));
            assertThat(executor.isShutdown()).isTrue();
        }

        @Test
        void thatLoseAThreadToAnError_goOnWithAnother() throws Exception {
            ExecutorService executor = opened(FixedAsyncExecutor.eventLoop());
            Set<String> names = Collections.synchronizedSet(new HashSet<>());
            for (int round = 0; round < 10; round++) {
                executor.execute(() -> {
                    names.add(Thread.currentThread().getName());
                    Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
                    throw new AssertionError("ends the thread");
                });
            }

            assertUsable(executor);

            assertThat(names).hasSize(10);
        }
    }
}
