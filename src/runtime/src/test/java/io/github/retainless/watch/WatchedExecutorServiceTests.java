package io.github.retainless.watch;

import static io.github.retainless.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchedExecutorServiceTests {
    private final RetentionWatch watch = RetentionWatch.builder("executor").build();
    private final ExecutorService pool = Executors.newFixedThreadPool(1);
    private final ExecutorService executor = watch.around(pool);
    private final IOException failure = new IOException("declined");
    private final Callable<String> failing = () -> {
        throw failure;
    };

    @AfterEach
    void end() {
        watch.close();
        pool.shutdownNow();
    }

    private static void failingRun() {
        throw new IllegalStateException("declined");
    }

    private static Callable<String> succeeding(String result) {
        return () -> result;
    }

    @Test
    void execute_failure_isWatched_andThrownAsBefore() {
        Executor direct = watch.around((Executor) Runnable::run);

        assertThatThrownBy(() -> direct.execute(WatchedExecutorServiceTests::failingRun))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThat(watch.failures()).isEqualTo(1);
    }

    @Test
    void submit_failure_isWatched_andDeliveredAsItIs() {
        assertThatThrownBy(() -> executor.submit(failing).get())
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        assertThatThrownBy(() ->
                        executor.submit(WatchedExecutorServiceTests::failingRun).get())
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> executor.submit(WatchedExecutorServiceTests::failingRun, "result")
                        .get())
                .hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(watch.failures()).isEqualTo(3);
    }

    @Test
    void submit_success_isNotWatched() throws Exception {
        assertThat(executor.submit(succeeding("fine")).get()).isEqualTo("fine");
        assertThat(executor.submit(() -> {}, "fine").get()).isEqualTo("fine");
        assertThat(executor.submit(() -> {}).get()).isNull();
        assertThat(executor.submit(succeeding("fine"))).isExactlyInstanceOf(FutureTask.class);
        assertThat(watch.failures()).isZero();
    }

    @Test
    void invokeAll_keepsOrder_andWatchesFailures() throws Exception {
        List<Callable<String>> tasks = List.of(succeeding("1"), failing, succeeding("3"));

        List<Future<String>> futures = executor.invokeAll(tasks);
        List<Future<String>> timed = executor.invokeAll(tasks, 10, TimeUnit.SECONDS);

        assertThat(futures.get(0).get()).isEqualTo("1");
        assertThatThrownBy(() -> futures.get(1).get()).cause().isSameAs(failure);
        assertThat(timed.get(2).get()).isEqualTo("3");
        assertThat(watch.failures()).isEqualTo(2);
    }

    @Test
    void invokeAny_returnsTheSuccess_orThrowsTheFailure() throws Exception {
        assertThat(executor.invokeAny(List.of(failing, succeeding("fine")))).isEqualTo("fine");
        assertThatThrownBy(() -> executor.invokeAny(List.of(failing), 10, TimeUnit.SECONDS))
                .isExactlyInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(failure);
        assertThat(watch.failures()).isEqualTo(2);
    }

    @Test
    void shutdownNow_givesBackTheTasksThatWereHandedIn() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        executor.execute(() -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
                // By shutdownNow.
            }
        });
        started.await();
        Runnable waiting = () -> {};
        executor.execute(waiting);
        Future<String> submitted = executor.submit(succeeding("never"));

        List<Runnable> tasks = executor.shutdownNow();

        assertThat(tasks).hasSize(2);
        assertThat(tasks.get(0)).isSameAs(waiting);
        assertThat(tasks.get(1)).isSameAs(submitted);
    }

    @Test
    void lifecycle_isThatOfTheExecutor() throws InterruptedException {
        assertThat(executor.isShutdown()).isFalse();
        executor.shutdown();

        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(executor).hasToString(pool.toString());
        assertThatThrownBy(() -> executor.submit(failing)).isInstanceOf(RejectedExecutionException.class);
        assertThat(watch.failures()).isZero();
    }

    @Test
    void afterClose_tasksRunAndFailAsBefore() {
        watch.close();

        assertThatThrownBy(() -> executor.submit(failing).get()).cause().isSameAs(failure);
        assertThat(watch.failures()).isZero();
    }

    @Test
    void scheduledTasks_areWatched_periodicOnesToo() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
        ScheduledExecutorService scheduled = watch.around(scheduler);
        try {
            assertThatThrownBy(() -> scheduled
                            .schedule(failing, 1, TimeUnit.MILLISECONDS)
                            .get())
                    .cause()
                    .isSameAs(failure);
            assertThatThrownBy(() -> scheduled
                            .schedule(WatchedExecutorServiceTests::failingRun, 1, TimeUnit.MILLISECONDS)
                            .get())
                    .hasCauseExactlyInstanceOf(IllegalStateException.class);
            scheduled.scheduleAtFixedRate(WatchedExecutorServiceTests::failingRun, 0, 1, TimeUnit.MILLISECONDS);
            scheduled.scheduleWithFixedDelay(WatchedExecutorServiceTests::failingRun, 0, 1, TimeUnit.MILLISECONDS);

            await().until(() -> watch.failures() == 4 && scheduler.getQueue().isEmpty());
        } finally {
            scheduled.shutdownNow();
        }
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void nullTasksAndExecutors_areRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> executor.execute(null))
                .withMessage("task");
        assertThatNullPointerException()
                .isThrownBy(() -> executor.submit((Callable<?>) null))
                .withMessage("task");
        assertThatNullPointerException()
                .isThrownBy(() -> watch.around((ExecutorService) null))
                .withMessage("executor");
    }
}
