package io.github.retainless.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has another executor do everything, with tasks that tell the watch what they throw. */
class WatchedExecutorService implements ExecutorService {
    private final ExecutorService delegate;
    private final RetentionWatch watch;

    WatchedExecutorService(ExecutorService delegate, RetentionWatch watch) {
        this.delegate = delegate;
        this.watch = watch;
    }

    final Runnable watched(Runnable task) {
        return new WatchedTask(Objects.requireNonNull(task, "task"), watch);
    }

    final <T> Callable<T> watched(Callable<T> task) {
        Objects.requireNonNull(task, "task");
        return () -> {
            try {
                return task.call();
            } catch (Throwable failure) {
                watch.failed(failure);
                throw failure;
            }
        };
    }

    private <T> List<Callable<T>> watched(Collection<? extends Callable<T>> tasks) {
        List<Callable<T>> watched = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            watched.add(watched(task));
        }
        return watched;
    }

    @Override
    public void execute(Runnable command) {
        delegate.execute(watched(command));
    }

    @Override
    public Future<?> submit(Runnable task) {
        return delegate.submit(watched(task));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return delegate.submit(watched(task), result);
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return delegate.submit(watched(task));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return delegate.invokeAll(watched(tasks));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return delegate.invokeAll(watched(tasks), timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        return delegate.invokeAny(watched(tasks));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return delegate.invokeAny(watched(tasks), timeout, unit);
    }

    @Override
    public void shutdown() {
        delegate.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> tasks = new ArrayList<>(delegate.shutdownNow());
        tasks.replaceAll(WatchedTask::unwrap);
        return tasks;
    }

    @Override
    public boolean isShutdown() {
        return delegate.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return delegate.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return delegate.awaitTermination(timeout, unit);
    }

    /** Of {@code ExecutorService} since JDK 19; some executors have their own way to close. */
    public void close() {
        if (!(delegate instanceof AutoCloseable closeable)) {
            throw new UnsupportedOperationException("executors cannot be closed before JDK 19; use shutdown()");
        }
        try {
            closeable.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("ExecutorService.close() threw a checked exception", e);
        }
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
