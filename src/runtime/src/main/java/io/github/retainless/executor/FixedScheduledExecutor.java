package io.github.retainless.executor;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ScheduledThreadPoolExecutor} that lets its failures go: it gives the promise of {@link FixedAsyncExecutor},
 * and delivers as that does.
 *
 * <p>What differs from its superclass:
 *
 * <ul>
 *   <li>Tasks that are cancelled leave the queue at once, with all they captured ({@link #setRemoveOnCancelPolicy} is
 *       on). It costs a search through the queue, about a nanosecond for each task in it.
 *   <li>The failure of a delayed task goes to the first {@code get} of its future; that of a periodic one, which ends
 *       its repetition, as well. Later reads get a {@link FailureSummary}.
 *   <li>As in the superclass, {@code execute} makes a future that nobody can read: what such a command throws is let go
 *       at once, counted, and reaches no uncaught exception handler.
 * </ul>
 *
 * @since 0.1.0
 */
public final class FixedScheduledExecutor extends ScheduledThreadPoolExecutor implements AutoCloseable {
    private final FailureStatistics statistics = new FailureStatistics();
    private final DeliveryTerms terms = new DeliveryTerms(statistics, false);

    /**
     * A pool with the default thread factory, which rejects by throwing.
     *
     * @param threads how many threads to keep, 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    public FixedScheduledExecutor(int threads) {
        this(threads, Executors.defaultThreadFactory());
    }

    /**
     * A pool which rejects by throwing.
     *
     * @param threads how many threads to keep, 0 or more
     * @param factory makes the threads
     * @throws IllegalArgumentException if the number is negative
     */
    public FixedScheduledExecutor(int threads, ThreadFactory factory) {
        this(threads, factory, new AbortPolicy());
    }

    /**
     * A pool with the default thread factory.
     *
     * @param threads how many threads to keep, 0 or more
     * @param handler is given what is rejected
     * @throws IllegalArgumentException if the number is negative
     */
    public FixedScheduledExecutor(int threads, RejectedExecutionHandler handler) {
        this(threads, Executors.defaultThreadFactory(), handler);
    }

    /**
     * A pool.
     *
     * @param threads how many threads to keep, 0 or more
     * @param factory makes the threads
     * @param handler is given what is rejected
     * @throws IllegalArgumentException if the number is negative
     */
    public FixedScheduledExecutor(int threads, ThreadFactory factory, RejectedExecutionHandler handler) {
        super(threads, factory, handler);
        setRemoveOnCancelPolicy(true);
    }

    /** How the failures fare. */
    public FailureStatistics failures() {
        return statistics;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        ReleasingScheduledFuture<V> future = new ReleasingScheduledFuture<>(task, terms, this);
        return started(future, () -> super.schedule(future.firing(), delay, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        ReleasingScheduledFuture<?> future = new ReleasingScheduledFuture<>(Executors.callable(command), terms, this);
        return started(future, () -> super.scheduleAtFixedRate(future.firing(), initialDelay, period, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        ReleasingScheduledFuture<?> future = new ReleasingScheduledFuture<>(Executors.callable(command), terms, this);
        return started(future, () -> super.scheduleWithFixedDelay(future.firing(), initialDelay, delay, unit));
    }

    /** A task that is rejected is let go of. */
    private static <V> ScheduledFuture<V> started(ReleasingScheduledFuture<V> future, Runnable start) {
        try {
            start.run();
        } catch (Throwable rejection) {
            future.release();
            throw rejection;
        }
        return future;
    }

    /**
     * Puts the future that is returned into the queue, in place of the superclass's own, which would keep a failure.
     */
    @Override
    @SuppressWarnings("unchecked")
    protected <V> RunnableScheduledFuture<V> decorateTask(Runnable command, RunnableScheduledFuture<V> timer) {
        return command instanceof ReleasingScheduledFuture.Firing firing
                ? (RunnableScheduledFuture<V>) firing.startedBy(timer)
                : timer;
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return new InvokeAll<>(tasks, this::future, this).run();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return new InvokeAll<>(tasks, this::future, this).run(timeout, unit);
    }

    private <T> ReleasingFuture<T> future(Callable<T> task) {
        return new ReleasingFuture<>(task, terms);
    }

    // For invokeAny and for ExecutorCompletionService, which make their futures here.
    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return future(task);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return future(Executors.callable(task, value));
    }

    @Override
    public void shutdown() {
        super.shutdown();
        statistics.unregister();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> pending = super.shutdownNow();
        statistics.unregister();
        return pending;
    }

    /**
     * Shuts down and waits until all tasks have ended, delayed ones included unless a policy drops them; if
     * interrupted, calls {@link #shutdownNow()} and goes on waiting. The same as {@code ExecutorService.close()} of JDK
     * 19, on every JDK.
     */
    @Override
    public void close() {
        Closing.close(this);
    }
}
