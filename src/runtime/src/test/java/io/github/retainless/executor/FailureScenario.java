package io.github.retainless.executor;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * One way in which tasks fail and their failures are delivered, or not; every local is gone when {@link #play} returns.
 */
public enum FailureScenario {
    DELIVERED_FUTURE_KEPT(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            deliver(executor.submit(failing(watched)), kept);
        }
    },
    DELIVERED_FROM_RUNNABLE(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            Runnable task = () -> {
                throw new Declined(watched);
            };
            deliver(executor.submit(task), kept);
            deliver(executor.submit(task, "result"), kept);
        }
    },
    UNDELIVERED_FUTURE_DROPPED(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) {
            awaitDone(executor.submit(failing(watched)));
        }
    },
    TIMED_OUT_THEN_DELIVERED(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            Future<Object> future = executor.submit(() -> {
                gate.await();
                throw new Declined(watched);
            });
            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, MILLISECONDS));
            gate.countDown();
            deliver(future, kept);
        }
    },
    INVOKE_ALL(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            for (Future<Object> future : executor.invokeAll(Collections.nCopies(3, failing(watched)))) {
                deliver(future, kept);
            }
        }
    },
    INVOKE_ALL_TIMED(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            for (Future<Object> future : executor.invokeAll(Collections.nCopies(3, failing(watched)), 1, HOURS)) {
                deliver(future, kept);
            }
        }
    },
    INVOKE_ANY(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> executor.invokeAny(Collections.nCopies(3, failing(watched))))
                    .withCauseInstanceOf(Declined.class);
        }
    },
    COMPLETION_SERVICE(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            ExecutorCompletionService<Object> completions = new ExecutorCompletionService<>(executor);
            completions.submit(failing(watched));
            deliver(completions.take(), kept);
            kept.add(completions);
        }
    },
    CHAINED(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            Callable<Object> task = () -> {
                try {
                    throw new Declined(watched);
                } catch (Declined inner) {
                    throw (Declined) new Declined(watched).initCause(inner);
                }
            };
            deliver(executor.submit(task), kept);
        }
    },
    SUPPRESSED(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            Callable<Object> task = () -> {
                Declined failure = new Declined(watched);
                failure.addSuppressed(new Declined(watched));
                throw failure;
            };
            deliver(executor.submit(task), kept);
        }
    },
    ERROR(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            Callable<Object> task = () -> {
                throw watched.add(new AssertionError(new Declined(watched)));
            };
            deliver(executor.submit(task), kept);
        }
    },
    OUT_OF_MEMORY(true) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            Callable<Object> task = () -> {
                throw watched.add(new OutOfMemoryError("thrown by a task"));
            };
            deliver(executor.submit(task), kept);
        }
    },
    CANCELLED(false) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch failing = new CountDownLatch(1);
            Future<Object> future = executor.submit(() -> {
                started.countDown();
                try {
                    return neverOpened().getCount();
                } catch (InterruptedException cancelled) {
                    Declined failure = new Declined(watched);
                    failing.countDown();
                    throw failure;
                }
            });
            started.await();
            assertThat(future.cancel(true)).isTrue();
            failing.await();
            kept.add(future);
        }
    },
    CANCELLED_BEFORE_IT_RAN(false) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
            CountDownLatch gate = new CountDownLatch(1);
            for (int i = 0; i < THREADS; i++) {
                executor.submit(() -> {
                    gate.await();
                    return null;
                });
            }
            Declined captured = new Declined(watched);
            Future<?> future = executor.submit(() -> {
                throw captured;
            });
            boolean inTime = future.cancel(false);
            gate.countDown();
            if (inTime) {
                kept.add(future);
            } else {
                deliver(future, kept); // On virtual threads it does not wait for its turn.
            }
        }
    },
    REJECTED(false) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) {
            executor.shutdown();
            Declined captured = new Declined(watched);
            assertThatExceptionOfType(RejectedExecutionException.class)
                    .isThrownBy(() -> executor.submit(() -> {
                        throw captured;
                    }));
        }
    },
    CAPTURED_ARGUMENT(false) {
        @Override
        void once(ExecutorService executor, Watched watched, List<Object> kept) {
            Declined captured = new Declined(watched);
            Future<?> succeeded = executor.submit(captured::getMessage);
            Future<?> failed = executor.submit(() -> {
                throw new IllegalStateException(captured.getMessage());
            });
            awaitDone(succeeded);
            awaitDone(failed);
            kept.add(succeeded);
            kept.add(failed);
        }
    };

    /** No executor of these tests has more threads, unless they are virtual. */
    static final int THREADS = 4;

    private static final int TIMES = 5;

    private final boolean leavesItsFailureInTheFuture;

    FailureScenario(boolean leavesItsFailureInTheFuture) {
        this.leavesItsFailureInTheFuture = leavesItsFailureInTheFuture;
    }

    /** Whether a future that keeps its outcome would hold what is watched. */
    public boolean leavesItsFailureInTheFuture() {
        return leavesItsFailureInTheFuture;
    }

    /** Fails several times. Whatever a careless caller might keep is added to {@code kept}. */
    public void play(ExecutorService executor, Watched watched, List<Object> kept) throws Exception {
        for (int i = 0; i < TIMES; i++) {
            once(executor, watched, kept);
        }
    }

    abstract void once(ExecutorService executor, Watched watched, List<Object> kept) throws Exception;

    private static Callable<Object> failing(Watched watched) {
        return () -> {
            throw new Declined(watched);
        };
    }

    /** The reader gets the exception itself. */
    private static void deliver(Future<?> future, List<Object> kept) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException failure) {
            assertThat(failure.getCause()).isNotInstanceOf(FailureSummary.class);
            kept.add(future);
            return;
        }
        throw new AssertionError("did not fail");
    }

    private static void awaitDone(Future<?> future) {
        while (!future.isDone()) {
            Thread.yield();
        }
    }

    private static CountDownLatch neverOpened() throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        latch.await();
        return latch;
    }
}
