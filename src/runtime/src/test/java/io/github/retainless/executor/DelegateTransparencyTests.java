package io.github.retainless.executor;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a pool can do, and what its user relies on, it can do under a {@link FixedAsyncExecutor} as well. */
@Timeout(30)
class DelegateTransparencyTests {
    private final List<ExecutorService> opened = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void shutDown() {
        release.countDown();
        opened.forEach(ExecutorService::shutdownNow);
    }

    private FixedAsyncExecutor over(ExecutorService delegate) {
        FixedAsyncExecutor executor = FixedAsyncExecutor.over(delegate);
        opened.add(executor);
        return executor;
    }

    /** Keeps a thread of the executor from the tasks that follow. */
    private void occupy(ExecutorService executor) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        executor.execute(() -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException shutDown) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
    }

    @Test
    void get_timedAsLongAgoAsCanBe_returnsAtOnce() throws Exception {
        FixedAsyncExecutor executor = over(Executors.newSingleThreadExecutor());
        occupy(executor);
        Future<String> waiting = executor.submit(() -> "done");

        for (long longAgo : new long[] {0, -1, Long.MIN_VALUE}) {
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waiting.get(longAgo, NANOSECONDS));
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> waiting.get(longAgo, SECONDS));
        }
    }

    @Test
    void forkJoinPool_itsOnlyThreadWaitsForSubtasks_theyRun() throws Exception {
        FixedAsyncExecutor executor = over(new ForkJoinPool(1));

        assertThat(executor.submit(() -> executor.submit(() -> "subtask").get()).get(10, SECONDS))
                .isEqualTo("subtask");
        assertThat(executor.submit(() -> executor.submit(() -> "subtask").get(10, SECONDS))
                        .get(10, SECONDS))
                .isEqualTo("subtask");
        assertThat(executor.submit(() -> executor.invokeAll(List.of(() -> "first", () -> "second")))
                        .get(10, SECONDS))
                .map(Future::get)
                .containsExactly("first", "second");
    }

    @Test
    void forkJoinPool_shutDownNow_leavesNoTaskRunningUninterrupted() throws Exception {
        for (int round = 0; round < 300; round++) {
            FixedAsyncExecutor executor = over(new ForkJoinPool(2));
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch never = new CountDownLatch(1);
            for (int task = 0; task < 10; task++) {
                executor.submit(() -> {
                    started.countDown();
                    never.await();
                    return null;
                });
            }
            started.await();

            executor.shutdownNow();

            assertThat(executor.awaitTermination(5, SECONDS))
                    .as("terminated in round %d", round)
                    .isTrue();
            opened.clear();
        }
    }

    private record Ranked(int rank, List<Integer> ran) implements Runnable, Comparable<Ranked> {
        @Override
        public void run() {
            ran.add(rank);
        }

        @Override
        public int compareTo(Ranked other) {
            return Integer.compare(rank, other.rank);
        }
    }

    @Test
    void execute_intoAPriorityQueue_runsCommandsInTheirOrder() throws Exception {
        FixedAsyncExecutor executor = over(new ThreadPoolExecutor(1, 1, 0, SECONDS, new PriorityBlockingQueue<>()));
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        occupy(executor);
        executor.execute(new Ranked(2, ran));
        executor.execute(new Ranked(1, ran));

        release.countDown();
        executor.shutdown();

        assertThat(executor.awaitTermination(10, SECONDS)).isTrue();
        assertThat(ran).containsExactly(1, 2);
    }
}
