package io.github.retainless.lab.benchmark;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks of a suite, which all fail and keep nothing. */
enum FailingTask {
    THROWN {
        @Override
        Future<?> start() {
            return CompletableFuture.failedFuture(declined());
        }
    },
    WITH_CAUSE {
        @Override
        Future<?> start() {
            return CompletableFuture.failedFuture(new IllegalStateException("no charge", declined()));
        }
    },
    SUBMITTED {
        @Override
        Future<?> start() {
            return POOL.submit(() -> {
                throw declined();
            });
        }
    },
    STAGED {
        @Override
        Future<?> start() {
            return CompletableFuture.supplyAsync(() -> "order", POOL).thenCompose(order -> THROWN.stage());
        }
    },
    RECOVERED {
        @Override
        Future<?> start() {
            return CompletableFuture.supplyAsync(() -> "order", POOL)
                    .thenCompose(order -> THROWN.stage())
                    .exceptionallyCompose(first -> THROWN.stage());
        }
    };

    private static final ExecutorService POOL = Executors.newFixedThreadPool(4, work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });

    abstract Future<?> start();

    private CompletableFuture<Object> stage() {
        return CompletableFuture.failedFuture(declined());
    }

    private static Declined declined() {
        return new Declined("order declined", new byte[1024]);
    }
}
