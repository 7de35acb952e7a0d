package io.github.retainless.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TaskThreadLocalsTests {
    private static final ThreadLocal<Object> PLAIN = new ThreadLocal<>();
    private static final ThreadLocal<Object> INHERITABLE = new InheritableThreadLocal<>();
    private static final ThreadLocal<Object> WITH_INITIAL = ThreadLocal.withInitial(() -> "initial");

    private final List<ExecutorService> opened = new ArrayList<>();

    @AfterEach
    void shutDown() {
        opened.forEach(ExecutorService::shutdownNow);
    }

    private <E extends ExecutorService> E opened(E executor) {
        opened.add(executor);
        return executor;
    }

    static Stream<Supplier<ExecutorService>> executorsOfOneThread() {
        return Stream.of(
                FixedAsyncExecutor::eventLoop,
                () -> FixedAsyncExecutor.scheduledPool(1),
                () -> FixedAsyncExecutor.over(Executors.newWorkStealingPool(1)));
    }

    private static <T> T on(ExecutorService executor, Callable<T> task) throws Exception {
        return executor.submit(task).get();
    }

    private static List<Object> values() {
        return Stream.of(PLAIN, INHERITABLE, WITH_INITIAL)
                .map(local -> String.valueOf(local.get()))
                .map(Object.class::cast)
                .toList();
    }

    private static void setAll() {
        PLAIN.set("the task's");
        INHERITABLE.set("the task's");
        WITH_INITIAL.set("the task's");
    }

    @ParameterizedTest
    @MethodSource("executorsOfOneThread")
    void setByATask_areGoneAfterIt(Supplier<ExecutorService> factory) throws Exception {
        ExecutorService executor = opened(factory.get());
        assertThat(FixedAsyncExecutor.clearsThreadLocals()).isTrue();

        on(executor, () -> {
            setAll();
            return null;
        });
        assertThat(on(executor, TaskThreadLocalsTests::values)).containsExactly("null", "null", "initial");

        try {
            on(executor, () -> {
                setAll();
                throw new IllegalStateException("declined");
            });
        } catch (ExecutionException expected) {
            assertThat(on(executor, TaskThreadLocalsTests::values)).containsExactly("null", "null", "initial");
        }

        executor.execute(TaskThreadLocalsTests::setAll);
        assertThat(on(executor, TaskThreadLocalsTests::values)).containsExactly("null", "null", "initial");
    }

    @Test
    void manyOfThem_areAllGone() throws Exception {
        ExecutorService executor = opened(FixedAsyncExecutor.eventLoop());
        List<ThreadLocal<Object>> locals =
                Stream.generate(() -> new ThreadLocal<>()).limit(1_000).toList();

        on(executor, () -> {
            locals.forEach(local -> local.set(local));
            return null;
        });

        assertThat(on(executor, () -> locals.stream()
                        .filter(local -> local.get() != null)
                        .count()))
                .isZero();
    }

    @Test
    void ofThePeriodicTask_doNotOutliveARun() throws Exception {
        FixedScheduledExecutor executor = opened(FixedAsyncExecutor.scheduledPool(1));
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();

        executor.scheduleAtFixedRate(
                () -> {
                    seen.add(String.valueOf(PLAIN.get()));
                    PLAIN.set("the task's");
                },
                0,
                1,
                TimeUnit.MILLISECONDS);

        assertThat(List.of(seen.take(), seen.take(), seen.take())).containsOnly("null");
    }

    @Test
    void ofTheThread_areSeenByTasks_andPutBackAfterOneThatReplacesThem() throws Exception {
        ExecutorService executor =
                opened(FixedAsyncExecutor.over(Executors.newSingleThreadExecutor(work -> new Thread(() -> {
                    PLAIN.set("the thread's");
                    WITH_INITIAL.set("the thread's");
                    work.run();
                }))));

        assertThat(on(executor, TaskThreadLocalsTests::values)).containsExactly("the thread's", "null", "the thread's");
        on(executor, () -> {
            setAll();
            return null;
        });
        assertThat(on(executor, TaskThreadLocalsTests::values)).containsExactly("the thread's", "null", "the thread's");
    }

    @Test
    void setByThePoolAroundATask_areLeftToIt() throws Exception {
        List<String> after = new ArrayList<>();
        ExecutorService executor = opened(
                FixedAsyncExecutor.over(new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>()) {
                    @Override
                    protected void beforeExecute(Thread thread, Runnable task) {
                        PLAIN.set("the pool's");
                    }

                    @Override
                    protected void afterExecute(Runnable task, Throwable failure) {
                        after.add(String.valueOf(PLAIN.get()));
                        PLAIN.remove();
                    }
                }));

        assertThat(on(executor, PLAIN::get)).isEqualTo("the pool's");
        executor.shutdown();
        assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(after).containsExactly("the pool's");
    }

    @Test
    void ofACallerThatRunsTheTask_stay() throws Exception {
        PLAIN.set("the caller's");
        try {
            ExecutorService executor = opened(FixedAsyncExecutor.over(new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(1),
                    new ThreadPoolExecutor.CallerRunsPolicy())));
            CountDownLatch gate = new CountDownLatch(1);
            Callable<Object> blocking = () -> {
                gate.await();
                return null;
            };
            executor.submit(blocking);
            executor.submit(blocking);
            Thread caller = Thread.currentThread();

            Thread ranOn = on(executor, () -> {
                PLAIN.set("the task's");
                return Thread.currentThread();
            });

            gate.countDown();
            assertThat(ranOn).isSameAs(caller);
            assertThat(PLAIN.get()).isEqualTo("the caller's");
        } finally {
            PLAIN.remove();
        }
    }

    @Test
    void ofTheJdk_areLeftAlone() throws Exception {
        ExecutorService executor = opened(FixedAsyncExecutor.eventLoop());
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        lock.readLock().lock();

        on(executor, () -> {
            lock.readLock().lock();
            return null;
        });

        assertThat(on(executor, lock::getReadHoldCount)).isEqualTo(1);
    }

    @Test
    void thatAreHostile_doNoHarm() throws Exception {
        ExecutorService executor = opened(FixedAsyncExecutor.eventLoop());
        ThreadLocal<Object> hostile = new ThreadLocal<>() {
            @Override
            public void remove() {
                throw new UnsupportedOperationException();
            }
        };

        // They stand before and after the hostile one in the thread's table, wherever that is.
        List<ThreadLocal<Object>> others =
                Stream.generate(() -> new ThreadLocal<>()).limit(100).toList();

        assertThat(on(executor, () -> {
                    hostile.set("stays");
                    others.forEach(local -> local.set(local));
                    return "result";
                }))
                .isEqualTo("result");
        assertThat(on(executor, () -> others.stream()
                        .filter(local -> local.get() != null)
                        .count()))
                .isZero();
    }

    @Test
    void withoutAccess_theyStay_andAllElseWorks() {
        // Access goes through a module that this JVM does not have.
        ChildJvm.Result child =
                ChildJvm.run(List.of("--limit-modules", "java.base,java.management"), WithoutAccess.class);

        assertThat(child.err()).isEmpty();
        assertThat(child.out().lines())
                .containsExactly(
                        "clears thread-locals: false",
                        "then: the task's",
                        "summary: java.lang.IllegalStateException: declined",
                        "frame: io.github.retainless.executor.TaskThreadLocalsTests$WithoutAccess");
    }

    static final class WithoutAccess {
        public static void main(String[] arguments) throws Exception {
            try (FixedAsyncExecutor executor = FixedAsyncExecutor.eventLoop()) {
                on(executor, () -> {
                    PLAIN.set("the task's");
                    return null;
                });
                System.out.println("clears thread-locals: " + FixedAsyncExecutor.clearsThreadLocals());
                System.out.println("then: " + on(executor, PLAIN::get));
                Future<Object> future = executor.submit(() -> {
                    throw new IllegalStateException("declined");
                });
                causeOf(future);
                String[] text = ((FailureSummary) causeOf(future)).failureText().split("\n\tat |\\.lambda");
                System.out.println("summary: " + text[0]);
                System.out.println("frame: " + text[1]);
            }
        }

        private static Throwable causeOf(Future<?> future) throws InterruptedException {
            try {
                throw new AssertionError(future.get());
            } catch (ExecutionException failure) {
                return failure.getCause();
            }
        }
    }
}
