package io.github.retainless.examples.seedstory;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The unrepaired twin of {@code FixedAsyncExecutor}: it keeps every exception that its tasks throw.
 *
 * <p>It is an analogue, not a port, of the Python bridge between worker threads and an event loop from which this story
 * comes. There, the chain was: exception → traceback → frame of the bridge → its local {@code future} → exception;
 * reference counting never freed that cycle. Ported to the letter it does not leak in Java: a {@code Throwable} holds
 * no locals of the frames it went through, and a tracing collector frees cycles. In Java something that stays reachable
 * has to hold the exception. Here that is the commonest such thing: a registry of the futures in flight which is
 * cleaned on success only.
 *
 * <p>One line swaps the two: {@code FixedAsyncExecutor.eventLoop()} for {@code LeakyAsyncExecutor.eventLoop()}.
 */
public final class LeakyAsyncExecutor extends AbstractExecutorService {
    private static final AtomicInteger EXECUTORS = new AtomicInteger();

    private final ExecutorService delegate;
    private final Set<Future<?>> inFlight = ConcurrentHashMap.newKeySet();

    private LeakyAsyncExecutor(ExecutorService delegate) {
        this.delegate = delegate;
    }

    /** Runs tasks on another executor, which it then owns. */
    public static LeakyAsyncExecutor over(ExecutorService delegate) {
        return new LeakyAsyncExecutor(Objects.requireNonNull(delegate, "delegate"));
    }

    /** Runs tasks on a pool of its own. */
    public static LeakyAsyncExecutor fixedPool(int threads) {
        return over(pool(threads, named("leaky-async-pool-" + EXECUTORS.incrementAndGet() + "-thread-")));
    }

    /** Runs tasks one after the other on an event-loop thread of its own. */
    public static LeakyAsyncExecutor eventLoop() {
        return over(pool(1, named("leaky-async-event-loop-" + EXECUTORS.incrementAndGet() + "-thread-")));
    }

    private static ExecutorService pool(int threads, ThreadFactory factory) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger started = new AtomicInteger();
        return work -> new Thread(work, prefix + started.incrementAndGet());
    }

    /** How many tasks are in flight; and how many have failed, since those never leave. */
    public int inFlight() {
        return inFlight.size();
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        Tracked<T> future = new Tracked<>(task);
        inFlight.add(future);
        return future;
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return newTaskFor(Executors.callable(task, value));
    }

    @Override
    public void execute(Runnable command) {
        delegate.execute(command);
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

    private final class Tracked<V> extends FutureTask<V> {
        Tracked(Callable<V> task) {
            super(task);
        }

        // The leak: only a result comes through here. done() would see failures and cancellations as well.
        @Override
        protected void set(V result) {
            inFlight.remove(this);
            super.set(result);
        }
    }
}
