package io.github.retainless.executor;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
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
 * <p><b>Promise.</b> After a failure has been delivered, nothing that can be reached from the executor, its threads,
 * its queues or the futures it returned holds the exception, its causes and suppressed, their payload, or the task and
 * what it captured, whatever the caller keeps of these. A task is let go as soon as it ran, was cancelled or was
 * rejected. Thread-locals that it set do not outlive it.
 *
 * <p><b>Delivery.</b> A future gives its failure away once: to the first {@link Future#get() get}, in an
 * {@link java.util.concurrent.ExecutionException} whose cause is the exception that the task threw. Of concurrent
 * readers exactly one gets it. Every later read throws an {@code ExecutionException} whose cause is a
 * {@link FailureSummary}: type, message and stack as text. Results are not touched and can be read any number of times,
 * unless {@link #releaseResults()} asks for it.
 *
 * <table>
 * <caption>When a failure counts as delivered</caption>
 * <tr><th>Way out</th><th>Delivery</th></tr>
 * <tr><td>{@code submit}</td><td>the first {@code get} that finds the future done; one that times out or is interrupted
 *     takes nothing</td></tr>
 * <tr><td>a future that is dropped unread</td><td>none; the failure goes with the future</td></tr>
 * <tr><td>{@code cancel}</td><td>none; what the task throws afterwards is dropped at once</td></tr>
 * <tr><td>{@code invokeAll}</td><td>the first {@code get} of each future; {@code invokeAll} itself does not read
 *     them</td></tr>
 * <tr><td>{@code invokeAny}</td><td>the last failure is thrown, the others are dropped</td></tr>
 * <tr><td>{@link #submitStage}</td><td>the first stage derived from it, which passes it on as a
 * {@code CompletableFuture} would; those derived later get the summary</td></tr>
 * <tr><td>{@code execute}</td><td>the delegate's own: as a rule, the thread's uncaught exception handler</td></tr>
 * <tr><td>rejection</td><td>{@code submit} and {@code execute} throw what the delegate throws; the task is let
 *     go</td></tr>
 * <tr><td>{@code exceptionNow} (JDK 19)</td><td>counts as a {@code get}; {@code state} and {@code resultNow} take
 *     nothing</td></tr>
 * </table>
 *
 * <p>Otherwise it keeps the contract of its delegate. {@code shutdownNow} returns what the delegate returns: for a
 * thread pool, the futures that {@code submit} returned and the commands given to {@code execute} which had not
 * started; run or cancel them, or their readers wait.
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
 *   <li>A failure that nobody has read stays with its future for as long as the caller keeps that. {@link #failures()}
 *       counts them.
 *   <li>Whoever keeps the {@code ExecutionException} keeps the failure. So does a static field or a log appender into
 *       which the task puts it, or a {@link java.util.concurrent.CompletableFuture} that runs on this executor or is
 *       derived from a stage of it: that keeps an outcome of its own.
 *   <li>A task that was cancelled while it ran is held by its thread until it returns.
 *   <li>Thread-locals are taken back where the JVM lets them be seen: HotSpot, JDK 17 to 25, without flags; see
 *       {@link #clearsThreadLocals()}. Those of the JDK's own classes are left alone.
 *   <li>A delegate that drops tasks without a word (a discard policy) leaves their futures pending, with the tasks,
 *       until they are cancelled. Those that a {@link ForkJoinPool} drops when it is shut down are cancelled.
 *   <li>A hook of the delegate that reads the future, as {@code ThreadPoolExecutor.afterExecute} shows, is its first
 *       reader.
 *   <li>Over a {@link java.util.concurrent.ScheduledThreadPoolExecutor} what {@code shutdownNow} returns are timers of
 *       that pool, which cannot be run any more, and tasks that are cancelled stay in its queue, emptied: take a
 *       {@link FixedScheduledExecutor} instead.
 *   <li>What {@code invokeAny} was given and the delegate rejects is held by that rejected command, should anybody keep
 *       it.
 *   <li>The JVM itself may keep the last exception of a live thread until the next one is thrown there.
 * </ul>
 *
 * @see FixedScheduledExecutor
 * @since 0.1.0
 */
public final class FixedAsyncExecutor extends AbstractExecutorService implements AutoCloseable {
    private static final AtomicInteger POOLS = new AtomicInteger();
    private static final AtomicInteger EVENT_LOOPS = new AtomicInteger();

    private final ExecutorService delegate;
    private final DeliveryTerms terms;

    private FixedAsyncExecutor(ExecutorService delegate, DeliveryTerms terms) {
        this.delegate = delegate;
        this.terms = terms;
    }

    /**
     * Runs tasks on another executor, which it then owns: shutting one down shuts down the other.
     *
     * @param delegate any executor: a thread pool, a scheduled or a fork-join pool, an executor of virtual threads
     * @return an executor that lets failures go
     */
    public static FixedAsyncExecutor over(ExecutorService delegate) {
        return new FixedAsyncExecutor(
                Objects.requireNonNull(delegate, "delegate"), new DeliveryTerms(new FailureStatistics(), false));
    }

    /**
     * Runs tasks on a pool of its own, like {@link Executors#newFixedThreadPool(int)}: the queue has no bound, and the
     * threads, named {@code fixed-async-pool-1-thread-1} and so on, are not daemons, so that the JVM does not end with
     * tasks in the queue. Shut it down.
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
     * {@code fixed-async-event-loop-1-thread-1}, is not a daemon, as in {@link #fixedPool}; should an uncaught
     * exception end it, another takes its place. A task must not wait for a later one.
     *
     * @return an executor that lets failures go
     */
    public static FixedAsyncExecutor eventLoop() {
        return over(pool(1, new NamedThreads("fixed-async-event-loop-" + EVENT_LOOPS.incrementAndGet() + "-thread-")));
    }

    /**
     * Runs each task on a virtual thread of its own, like {@code Executors.newVirtualThreadPerTaskExecutor()}.
     *
     * @return an executor that lets failures go
     * @throws UnsupportedOperationException before JDK 21
     */
    public static FixedAsyncExecutor virtualThreads() {
        try {
            return over((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException ignored) {
            // Before JDK 21 there are no virtual threads.
            throw new UnsupportedOperationException("FixedAsyncExecutor.virtualThreads(): JDK "
                    + Runtime.version().feature() + " has no virtual threads, JDK 21 has: use fixedPool(..) instead");
        }
    }

    /**
     * Runs tasks on a scheduled pool of its own; see {@link FixedScheduledExecutor}.
     *
     * @param threads how many threads, at least 1
     * @return an executor that lets failures go
     * @throws IllegalArgumentException if there is to be no thread
     */
    public static FixedScheduledExecutor scheduledPool(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "FixedAsyncExecutor.scheduledPool(" + threads + "): give at least 1 thread");
        }
        return new FixedScheduledExecutor(
                threads, new NamedThreads("fixed-async-scheduled-" + POOLS.incrementAndGet() + "-thread-"));
    }

    private static ExecutorService pool(int threads, ThreadFactory factory) {
        return new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    }

    /**
     * Whether thread-locals that a task sets are taken back after it: whether this JVM lets them be seen, without
     * flags.
     */
    public static boolean clearsThreadLocals() {
        return TaskThreadLocals.areReadable();
    }

    /**
     * The same executor for tasks whose results are to be let go as well: the first read takes the result, every later
     * one throws an {@link IllegalStateException}. A result that is null can be read again. Both share the delegate and
     * {@link #failures()}.
     *
     * @return this delegate under that rule
     */
    public FixedAsyncExecutor releaseResults() {
        return new FixedAsyncExecutor(delegate, new DeliveryTerms(terms.statistics(), true));
    }

    /** How the failures fare. */
    public FailureStatistics failures() {
        return terms.statistics();
    }

    @Override
    public Future<?> submit(Runnable task) {
        return start(future(Executors.callable(task, null)));
    }

    @Override
    public <T> Future<T> submit(Runnable task, T result) {
        return start(future(Executors.callable(task, result)));
    }

    @Override
    public <T> Future<T> submit(Callable<T> task) {
        return start(future(task));
    }

    /**
     * Runs a task and shows its outcome as a stage, which holds nothing once it has delivered the failure to the first
     * stage derived from it. Those derived are {@link java.util.concurrent.CompletableFuture}s with an outcome of their
     * own: keep the stage, not them.
     *
     * @param task the task
     * @return its outcome; cannot be completed or cancelled from outside
     * @param <T> the type of its result
     */
    public <T> CompletionStage<T> submitStage(Callable<T> task) {
        ReleasingStage<T> stage = new ReleasingStage<>(task, terms);
        start(stage);
        return stage.view();
    }

    private <T> ReleasingFuture<T> future(Callable<T> task) {
        return new ReleasingFuture<>(task, terms);
    }

    private <T> Future<T> start(ReleasingFuture<T> future) {
        try {
            run(future);
        } catch (Throwable rejection) {
            future.cancel(false);
            throw rejection;
        }
        return future;
    }

    private void run(Runnable command) {
        if (command instanceof ReleasingFuture<?> future && delegate instanceof ForkJoinPool pool) {
            pool.execute(new ForkJoinCarrier(future));
        } else {
            delegate.execute(command);
        }
    }

    /**
     * Runs a command. The delegate, its queue, its hooks and its rejection handler see it in a wrapper, which is
     * {@link Comparable} if the command is: a comparator of the queue's own would have to know the wrapper. A
     * {@link RunnableFuture} is passed on as it is, so that a thread pool can remove and purge it; it keeps its own
     * outcome, and the thread-locals it sets.
     */
    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "command");
        delegate.execute(command instanceof RunnableFuture ? command : Command.of(command, terms.statistics()));
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return new InvokeAll<>(tasks, this::future, this::run).run();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return new InvokeAll<>(tasks, this::future, this::run).run(timeout, unit);
    }

    // For invokeAny and for ExecutorCompletionService, which make their futures here.
    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return future(task);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return newTaskFor(Executors.callable(task, value));
    }

    @Override
    public void shutdown() {
        delegate.shutdown();
        unregisterIfShutDown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> pending = Command.given(delegate.shutdownNow());
        unregisterIfShutDown();
        return pending;
    }

    private void unregisterIfShutDown() {
        if (delegate.isShutdown()) {
            terms.statistics().unregister();
        }
    }

    /**
     * Shuts down and waits until all tasks have ended; if interrupted, calls {@link #shutdownNow()} and goes on
     * waiting. The same as {@code ExecutorService.close()} of JDK 19, on every JDK. Does nothing over
     * {@link ForkJoinPool#commonPool()}, which cannot be shut down.
     */
    @Override
    public void close() {
        if (delegate != ForkJoinPool.commonPool()) {
            Closing.close(this);
        }
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
}
