package io.github.retainless.contract;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A sound pool that tells what happens to its tasks. A subclass breaks it by keeping one of the things it is told. */
abstract class HookedPool extends ThreadPoolExecutor {
    HookedPool() {
        super(4, 4, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    /** A task was submitted; it may still be rejected. */
    void taken(Callable<?> task, Future<?> future) {}

    /** A task threw, after it was cancelled perhaps. */
    void failed(Future<?> future, Throwable failure) {}

    /** A task returned. */
    void succeeded(Future<?> future, Object result) {}

    /** A caller has waited for a task in vain. */
    void timedOut(Future<?> future) {}

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        HookedFuture<T> future = new HookedFuture<>(task);
        taken(task, future);
        return future;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T result) {
        return newTaskFor(Executors.callable(task, result));
    }

    private final class HookedFuture<T> extends FutureTask<T> {
        HookedFuture(Callable<T> task) {
            super(task);
        }

        @Override
        protected void setException(Throwable failure) {
            failed(this, failure);
            super.setException(failure);
        }

        @Override
        protected void set(T result) {
            succeeded(this, result);
            super.set(result);
        }

        @Override
        public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            try {
                return super.get(timeout, unit);
            } catch (TimeoutException late) {
                timedOut(this);
                throw late;
            }
        }
    }
}
