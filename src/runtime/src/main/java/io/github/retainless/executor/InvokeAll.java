package io.github.retainless.executor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What {@code invokeAll} does, without {@code get()}: the inherited ones wait by it and would take the deliveries with
 * them.
 */
final class InvokeAll<T> {
    private final List<ReleasingFuture<T>> futures;
    private final Executor executor;

    /** Makes all futures before any task runs, so that a task that is null is found in time. */
    InvokeAll(
            Collection<? extends Callable<T>> tasks,
            Function<Callable<T>, ReleasingFuture<T>> future,
            Executor executor) {
        this.executor = executor;
        futures = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            futures.add(future.apply(task));
        }
    }

    List<Future<T>> run() throws InterruptedException {
        try {
            for (ReleasingFuture<T> future : futures) {
                executor.execute(future);
            }
            for (ReleasingFuture<T> future : futures) {
                future.await();
            }
        } finally {
            cancelUnfinished();
        }
        return new ArrayList<>(futures);
    }

    List<Future<T>> run(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        long start = System.nanoTime();
        try {
            for (ReleasingFuture<T> future : futures) {
                if (System.nanoTime() - start >= nanos) {
                    break;
                }
                executor.execute(future);
            }
            for (ReleasingFuture<T> future : futures) {
                if (!future.await(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } finally {
            cancelUnfinished();
        }
        return new ArrayList<>(futures);
    }

    private void cancelUnfinished() {
        for (ReleasingFuture<T> future : futures) {
            future.cancel(true);
        }
    }
}
