package io.github.retainless.executor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An {@link ExecutorService} that lets its failures go; "fixed" as in repaired.
 *
 * <p><b>Promise.</b> After a failure has been delivered, nothing that can be reached from the executor, its threads, its queues or the
 * futures it returned holds the exception, its causes and suppressed, their payload, or the task and what it captured, whatever the caller
 * keeps of these. A task is let go as soon as it ran, was cancelled or was rejected.
 *
 * <p><b>Delivery.</b> A future gives its failure away once: to the first {@link Future#get() get}, in an
 * {@link java.util.concurrent.ExecutionException} whose cause is the exception that the task threw. Of concurrent readers exactly one gets it.
 * Every later read throws an {@code ExecutionException} whose cause is a {@link FailureSummary}: type, message and stack as text. Results
 * are not touched and can be read any number of times.
 *
 * <table>
 * <caption>When a failure counts as delivered</caption>
 * <tr><th>Way out</th><th>Delivery</th></tr>
 * <tr><td>{@code submit}</td><td>the first {@code get} that finds the future done; one that times out or is interrupted takes nothing</td></tr>
 * <tr><td>a future that is dropped unread</td><td>none; the failure goes with the future</td></tr>
 * <tr><td>{@code cancel}</td><td>none; what the task throws afterwards is dropped at once</td></tr>
 * <tr><td>{@code invokeAll}</td><td>the first {@code get} of each future; {@code invokeAll} itself does not read them</td></tr>
 * <tr><td>{@code invokeAny}</td><td>the last failure is thrown, the others are dropped</td></tr>
 * <tr><td>{@code execute}</td><td>the delegate's own: as a rule, the thread's uncaught exception handler</td></tr>
 * <tr><td>rejection</td><td>{@code submit} and {@code execute} throw what the delegate throws; the task is let go</td></tr>
 * <tr><td>{@code exceptionNow} (JDK 19)</td><td>counts as a {@code get}; {@code state} and {@code resultNow} take nothing</td></tr>
 * </table>
 *
 * <p>Otherwise it keeps the contract of its delegate. {@code shutdownNow} returns what the delegate returns: for a thread pool, the futures
 * that {@code submit} returned and the commands given to {@code execute} which had not started; run or cancel them, or their readers wait.
 *
 * <pre>{@code
 * ExecutorService executor = FixedAsyncExecutor.over(Executors.newFixedThreadPool(4));
 * Future<Receipt> charge = executor.submit(() -> gateway.charge(order));
 * try {
 *     return charge.get();
 * } catch (ExecutionException e) {
 *     throw new PaymentFailed(e.getCause());   // the original, with its stack and its payload
 * }                                            // from here on `charge` holds a text
 * }</pre>
 *
 * <p><b>Limits.</b>
 *
 * <ul>
 *   <li>A failure that nobody has read stays with its future for as long as the caller keeps that.
 *   <li>Whoever keeps the {@code ExecutionException} keeps the failure. So does a thread-local, a static field or a log appender into which the task
 *       puts it, or a {@link java.util.concurrent.CompletableFuture} that runs on this executor: that keeps an outcome of its own.
 *   <li>A task that was cancelled while it ran is held by its thread until it returns.
 *   <li>A delegate that drops tasks without a word (a discard policy; a {@link java.util.concurrent.ForkJoinPool} in {@code shutdownNow}) leaves
 *       their futures pending, with the tasks, until they are cancelled.
 *   <li>The JVM itself may keep the last exception of a live thread until the next one is thrown there.
 * </ul>
 *
 * @since 0.1.0
 */
public final class FixedAsyncExecutor extends AbstractExecutorService {
    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final AtomicInteger EVENT_LOOPS = new AtomicInteger();

    private final ExecutorService delegate;

    private FixedAsyncExecutor(ExecutorService delegate) {
        this.delegate = delegate;
    }

    /**
     * Runs tasks on another executor, which it then owns: shutting one down shuts down the other.
     *
     * @param delegate any executor: a thread pool, a scheduled or a fork-join pool, an executor of virtual threads
     * @return an executor that lets failures go
     */
    public static FixedAsyncExecutor over(ExecutorService delegate) {
        return new FixedAsyncExecutor(Objects.requireNonNull(delegate, "delegate"));
    }

    /**
     * Runs tasks on a pool of its own, like {@link Executors#newFixedThreadPool(int)}: the queue has no bound, and the threads, named
     * {@code fixed-async-pool-1-thread-1} and so on, are not daemons, so that the JVM does not end with tasks in the queue. Shut it down.
     *
     * @param threads how many threads, at least 1
     * @return an executor that lets failures go
     * @throws IllegalArgumentException if there is to be no thread
     */
    public static FixedAsyncExecutor fixedPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("FixedAsyncExecutor.fixedPool(" + threads + "): give at least 1 thread");
        }
        return over(pool(threads, new NamedThreads("fixed-async-pool-" + POOLS.incrementAndGet() + "-thread-")));
    }

    /**
     * Runs tasks one after the other, in their order, on an event-loop thread of its own. The thread, named
     * {@code fixed-async-event-loop-1-thread-1}, is not a daemon, as in {@link #fixedPool}; should an uncaught exception end it, another takes its
     * place. A task must not wait for a later one.
     *
     * @return an executor that lets failures go
     */
    public static FixedAsyncExecutor eventLoop() {
        return over(pool(1, new NamedThreads("fixed-async-event-loop-" + EVENT_LOOPS.incrementAndGet() + "-thread-")));
    }

    private static ExecutorService pool(int threads, ThreadFactory factory) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }

    @Override
    public Future<?> submit(Runnable task) {
        return start(new ReleasingFuture<>(Executors.callable(task, null)));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return start(new ReleasingFuture<>(Executors.callable(task, result)));
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return start(new ReleasingFuture<>(task));
    }

    private <T> Future<T> start(ReleasingFuture<T> future) {
        try {
            delegate.execute(future);
        } catch (Throwable rejection) {
            future.cancel(false);
            throw rejection;
        }
        return future;
    }

    @Override
    public void execute(Runnable command) {
        delegate.execute(command);
    }

    // The inherited ones wait by get() and would take the deliveries with them.
    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        List<ReleasingFuture<T>> futures = pending(tasks);
        try {
            for (ReleasingFuture<T> future : futures) {
                delegate.execute(future);
            }
            for (ReleasingFuture<T> future : futures) {
                future.await();
            }
        } finally {
            cancelUnfinished(futures);
        }
        return new ArrayList<>(futures);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        List<ReleasingFuture<T>> futures = pending(tasks);
        long nanos = unit.toNanos(timeout);
        long start = System.nanoTime();
        try {
            for (ReleasingFuture<T> future : futures) {
                if (System.nanoTime() - start >= nanos) {
                    break;
                }
                delegate.execute(future);
            }
            for (ReleasingFuture<T> future : futures) {
                if (!future.await(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS)) {
                    break;
                }
            }
        } finally {
            cancelUnfinished(futures);
        }
        return new ArrayList<>(futures);
    }

    private static <T> List<ReleasingFuture<T>> pending(Collection<? extends Callable<T>> tasks) {
        List<ReleasingFuture<T>> futures = new ArrayList<>(tasks.size());
        for (Callable<T> task : tasks) {
            futures.add(new ReleasingFuture<>(task));
        }
        return futures;
    }

    private static <T> void cancelUnfinished(List<ReleasingFuture<T>> futures) {
        for (ReleasingFuture<T> future : futures) {
            future.cancel(true);
        }
    }

    // For invokeAny and for ExecutorCompletionService, which make their futures here.
    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return new ReleasingFuture<>(task);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return newTaskFor(Executors.callable(task, value));
    }

    @Override
    public void shutdown() {
        delegate.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
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

    @Override
    public String toString() {
        return "FixedAsyncExecutor over " + delegate;
    }

    private static final class NamedThreads implements ThreadFactory {
        private final String prefix;
        private final AtomicInteger started = new AtomicInteger();

        NamedThreads(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, prefix + started.incrementAndGet());
            // Both would otherwise come from whichever thread happens to submit first.
            thread.setDaemon(false);
            thread.setPriority(Thread.NORM_PRIORITY);
            return thread;
        }
    }
}
