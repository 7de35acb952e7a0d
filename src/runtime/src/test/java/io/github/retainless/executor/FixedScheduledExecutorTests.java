package io.github.retainless.executor;

import static io.github.retainless.testing.Soon.await;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class FixedScheduledExecutorTests {
    private final FixedScheduledExecutor executor = FixedAsyncExecutor.scheduledPool(2);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    /** One way in which delayed and periodic tasks fail, or don't come to it. */
    enum Scenario {
        DELAYED {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                Callable<Object> task = failing(watched);
                return delivered(executor.schedule(task, 1, MILLISECONDS));
            }
        },
        DELAYED_COMMAND {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                return delivered(executor.schedule(command(watched), 1, MILLISECONDS));
            }
        },
        AT_FIXED_RATE {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                return delivered(executor.scheduleAtFixedRate(command(watched), 0, 1, MILLISECONDS));
            }
        },
        WITH_FIXED_DELAY {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                return delivered(executor.scheduleWithFixedDelay(command(watched), 0, 1, MILLISECONDS));
            }
        },
        SUBMITTED {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                return delivered(executor.submit(failing(watched)));
            }
        },
        INVOKED {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                return delivered(
                        executor.invokeAll(List.of(failing(watched)), 1, HOURS).get(0));
            }
        },
        CANCELLED_BEFORE_ITS_TIME {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) {
                Declined captured = new Declined(watched);
                Callable<Object> task = () -> {
                    throw captured;
                };
                ScheduledFuture<?> future = executor.schedule(task, 1, HOURS);
                assertThat(future.cancel(false)).isTrue();
                return future;
            }
        },
        PERIODIC_CANCELLED {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception {
                Declined captured = new Declined(watched);
                CountDownLatch ran = new CountDownLatch(2);
                ScheduledFuture<?> future = executor.scheduleAtFixedRate(
                        () -> {
                            captured.getMessage();
                            ran.countDown();
                        },
                        0,
                        1,
                        MILLISECONDS);
                ran.await();
                assertThat(future.cancel(false)).isTrue();
                return future;
            }
        },
        TIMED_OUT_THEN_CANCELLED {
            @Override
            Future<?> start(FixedScheduledExecutor executor, Watched watched) {
                ScheduledFuture<?> future = executor.schedule(failing(watched.add(new Object()), watched), 1, HOURS);
                assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, MILLISECONDS));
                assertThat(future.cancel(true)).isTrue();
                return future;
            }
        };

        abstract Future<?> start(FixedScheduledExecutor executor, Watched watched) throws Exception;

        private static Callable<Object> failing(Watched watched) {
            return failing("nothing", watched);
        }

        private static Callable<Object> failing(Object captured, Watched watched) {
            return () -> {
                throw (Declined) new Declined(watched).initCause(new IllegalStateException(captured.toString()));
            };
        }

        private static Runnable command(Watched watched) {
            return () -> {
                throw new Declined(watched);
            };
        }

        private static Future<?> delivered(Future<?> future) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withCauseInstanceOf(Declined.class);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(future::get)
                    .withCauseInstanceOf(FailureSummary.class);
            return future;
        }
    }

    @ParameterizedTest
    @EnumSource
    void failuresAndTasks_letGo(Scenario scenario) throws Exception {
        Watched watched = new Watched();
        List<Object> kept = new ArrayList<>();

        play(scenario, watched, kept);

        // A periodic task that is cancelled while it ends its run may be queued once more, for its next time.
        await().until(() -> executor.getQueue().isEmpty() && executor.getActiveCount() == 0);
        watched.awaitReleased(executor);
        assertThat(watched.size()).isPositive();
        Reference.reachabilityFence(kept);
    }

    private void play(Scenario scenario, Watched watched, List<Object> kept) throws Exception {
        for (int i = 0; i < 5; i++) {
            kept.add(scenario.start(executor, watched));
        }
    }

    @Test
    void schedule_runsInTheOrderOfTheirTimes_thenOfSubmission() throws Exception {
        FixedScheduledExecutor one = FixedAsyncExecutor.scheduledPool(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch gate = new CountDownLatch(1);
        one.execute(() -> awaitQuietly(gate));
        one.schedule(() -> order.add(1_000), 20, MILLISECONDS);
        for (int i = 0; i < 100; i++) {
            int number = i;
            one.schedule(() -> order.add(number), 0, MILLISECONDS);
        }
        gate.countDown();

        one.close();

        assertThat(order).hasSize(101).isSorted();
    }

    @Test
    void future_tellsWhatTheJdksDoes() throws Exception {
        ScheduledFuture<String> future = executor.schedule(() -> "result", 1, HOURS);

        assertThat(future.getDelay(SECONDS)).isBetween(3_590L, 3_600L);
        assertThat(executor.getQueue()).hasSize(1).contains((Runnable) future);
        assertThat(future.isDone()).isFalse();
        assertThat(future.isCancelled()).isFalse();
        assertThat(future.compareTo(executor.schedule(() -> "later", 2, HOURS))).isNegative();

        assertThat(executor.schedule(() -> "result", 1, MILLISECONDS).get()).isEqualTo("result");
        assertThat(executor.remove((Runnable) future)).isTrue();
    }

    @Test
    void periodic_runsUntilItFails_andDeliversThatOnce() {
        AtomicInteger runs = new AtomicInteger();

        ScheduledFuture<?> future = executor.scheduleWithFixedDelay(
                () -> {
                    if (runs.incrementAndGet() == 5) {
                        throw new IllegalStateException("declined");
                    }
                },
                0,
                1,
                MILLISECONDS);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withCauseExactlyInstanceOf(IllegalStateException.class);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withCauseExactlyInstanceOf(FailureSummary.class);
        assertThat(runs).hasValue(5);
        assertThat(executor.getQueue()).isEmpty();
        assertThat(executor.failures().delivered()).isEqualTo(1);
    }

    @Test
    void cancel_ofARunningPeriodicTask_interruptsIt_andEndsIt() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(
                () -> {
                    started.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException expected) {
                        interrupted.countDown();
                    }
                },
                0,
                1,
                MILLISECONDS);
        started.await();

        assertThat(future.cancel(true)).isTrue();

        interrupted.await();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
        await().until(() -> executor.getQueue().isEmpty() && executor.getActiveCount() == 0);
    }

    @Test
    void cancel_afterTheLastRunHasBegun_doesNotRunItAgain() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier inside = new CyclicBarrier(2);
        ScheduledFuture<?> future = executor.scheduleAtFixedRate(
                () -> {
                    runs.incrementAndGet();
                    meet(inside);
                    meet(inside);
                },
                0,
                1,
                MILLISECONDS);
        meet(inside);

        assertThat(future.cancel(false)).isTrue();
        meet(inside);

        executor.shutdown();
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void shutdown_runsDelayedTasks_andCancelsPeriodicOnes() throws Exception {
        ScheduledFuture<String> delayed = executor.schedule(() -> "result", 50, MILLISECONDS);
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(() -> {}, 1, 1, HOURS);

        executor.shutdown();

        assertThat(periodic.isCancelled()).isTrue();
        assertThat(delayed.get()).isEqualTo("result");
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> executor.schedule(() -> "never", 1, HOURS));
    }

    @Test
    void shutdown_thatIsNotToRunDelayedTasks_cancelsThem() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ScheduledFuture<String> delayed = executor.schedule(() -> "never", 1, HOURS);

        executor.shutdown();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(delayed::get);
    }

    @Test
    void shutdownNow_returnsTheFutures() {
        ScheduledFuture<String> delayed = executor.schedule(() -> "never", 1, HOURS);

        assertThat(executor.shutdownNow()).containsExactly((Runnable) delayed);
    }

    @Test
    void execute_fails_isCounted() {
        executor.execute(() -> {
            throw new IllegalStateException("declined");
        });

        await().until(() -> executor.failures().failed() == 1);
    }

    @Test
    void badArguments_areRefusedAsByTheJdk() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FixedAsyncExecutor.scheduledPool(0))
                .withMessage("FixedAsyncExecutor.scheduledPool(0): give at least 1 thread");
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedScheduledExecutor(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> executor.scheduleAtFixedRate(() -> {}, 0, 0, SECONDS));
        assertThatNullPointerException().isThrownBy(() -> executor.schedule((Runnable) null, 0, SECONDS));
        assertThatNullPointerException().isThrownBy(() -> executor.schedule(() -> "never", 0, null));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
