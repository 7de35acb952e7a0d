package io.github.retainless.executor;

import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that holds nothing it no longer needs.
 *
 * <p>All it refers to is its stage, so that moving on to the next stage lets go of the one before:
 *
 * <pre>
 * Pending (the task) → Thread (the runner) → Result
 *                                          → Throwable (the failure) → FailureSummary, by the first reader
 *                    → CANCELLED, or INTERRUPTING → CANCELLED
 * </pre>
 *
 * <p>A failure is its own stage, without a wrapper, because there may be no memory left for one.
 */
final class ReleasingFuture<V extends @Nullable Object> implements RunnableFuture<V> {
    private static final Object INTERRUPTING = new Object();
    private static final Object CANCELLED = new Object();
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final VarHandle STAGE;

    static {
        try {
            STAGE = MethodHandles.lookup().findVarHandle(ReleasingFuture.class, "stage", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Object stage;

    private record Pending<V extends @Nullable Object>(Callable<V> task) {}

    private record Result(@Nullable Object value) {}

    ReleasingFuture(Callable<V> task) {
        this.stage = new Pending<>(Objects.requireNonNull(task, "task"));
    }

    @Override
    public void run() {
        Thread runner = Thread.currentThread();
        if (stage instanceof Pending<?> pending && STAGE.compareAndSet(this, pending, runner)) {
            if (STAGE.compareAndSet(this, runner, outcomeOf(pending.task()))) {
                done.countDown();
            } else {
                awaitOwnInterrupt();
            }
        }
    }

    private static Object outcomeOf(Callable<?> task) {
        try {
            return new Result(task.call());
        } catch (Throwable failure) {
            return failure;
        }
    }

    /** An interrupt meant for this task must not hit the runner's next one. */
    private void awaitOwnInterrupt() {
        while (stage == INTERRUPTING) {
            Thread.yield();
        }
        // A ThreadPoolExecutor clears it itself; a caller that runs the task may have been interrupted for reasons of
        // its own.
        if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
            Thread.interrupted();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        Object seen = stage;
        while (!isDone(seen)) {
            if (mayInterruptIfRunning && seen instanceof Thread runner) {
                if (STAGE.compareAndSet(this, runner, INTERRUPTING)) {
                    interruptAndCancel(runner);
                    return true;
                }
            } else if (STAGE.compareAndSet(this, seen, CANCELLED)) {
                done.countDown();
                return true;
            }
            seen = stage;
        }
        return false;
    }

    private void interruptAndCancel(Thread runner) {
        try {
            runner.interrupt();
        } finally {
            stage = CANCELLED;
            done.countDown();
        }
    }

    @Override
    public boolean isCancelled() {
        return isCancelled(stage);
    }

    @Override
    public boolean isDone() {
        return isDone(stage);
    }

    private static boolean isDone(Object stage) {
        return !(stage instanceof Pending || stage instanceof Thread);
    }

    private static boolean isCancelled(Object stage) {
        return stage == CANCELLED || stage == INTERRUPTING;
    }

    /** Waits until it is done, without reading, so that a failure stays to be delivered. */
    void await() throws InterruptedException {
        if (!isDone()) {
            done.await();
        }
    }

    /** The same within a time; whether it is done. */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return isDone() || done.await(timeout, unit);
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        await();
        return report();
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        Objects.requireNonNull(unit, "unit");
        if (!await(timeout, unit)) {
            throw new TimeoutException();
        }
        return report();
    }

    private V report() throws ExecutionException {
        Object outcome = stage;
        if (outcome instanceof Result result) {
            return valueOf(result);
        }
        if (outcome instanceof Throwable failure) {
            throw isAskedForItsState() ? look(failure) : delivery(failure);
        }
        throw new CancellationException();
    }

    // Where V is not nullable, the task's own return type says that the value is not null.
    @SuppressWarnings({"unchecked", "NullAway"})
    private V valueOf(Result result) {
        return (V) result.value();
    }

    /**
     * The failure itself for one reader, its summary for all others.
     *
     * <p>All that may fail for want of memory comes before the exchange: a reader that breaks off there has taken nothing.
     */
    private ExecutionException delivery(Throwable failure) {
        if (failure instanceof FailureSummary) {
            return look(failure);
        }
        FailureSummary summary = FailureSummary.of(failure);
        ExecutionException whole = new ExecutionException(FailureText.heading(failure), failure);
        return STAGE.compareAndSet(this, failure, summary) ? whole : look((Throwable) stage);
    }

    private static ExecutionException look(Throwable failure) {
        FailureSummary summary = failure instanceof FailureSummary told ? told : FailureSummary.of(failure);
        return new ExecutionException(summary.heading(), summary);
    }

    /**
     * Whether {@code Future.state()} (JDK 19) reads: it calls {@code get()} only to see whether that throws, and would take the one
     * delivery with it. It can't be overridden from Java 17, which lacks the type that it returns.
     */
    private static boolean isAskedForItsState() {
        return STACK.walk(
                frames -> frames.dropWhile(frame -> frame.getClassName().equals(ReleasingFuture.class.getName()))
                        .findFirst()
                        .map(ReleasingFuture::isFutureState)
                        .orElse(false));
    }

    private static boolean isFutureState(StackFrame frame) {
        return frame.getClassName().equals(Future.class.getName())
                && frame.getMethodName().equals("state");
    }

    /**
     * Overrides the method that {@link Future} has from JDK 19 on, which would take the delivery and drop it.
     *
     * @throws IllegalStateException if there is no result
     */
    public V resultNow() {
        Object outcome = stage;
        if (outcome instanceof Result result) {
            return valueOf(result);
        }
        throw noSuchOutcome(outcome);
    }

    /**
     * Overrides the method that {@link Future} has from JDK 19 on: it delivers as {@link #get()} does, the failure to one reader.
     *
     * @throws IllegalStateException if there is no failure
     */
    public Throwable exceptionNow() {
        Object outcome = stage;
        if (outcome instanceof Throwable failure) {
            return Objects.requireNonNull(delivery(failure).getCause());
        }
        throw noSuchOutcome(outcome);
    }

    private static IllegalStateException noSuchOutcome(Object stage) {
        return new IllegalStateException("The task " + describe(stage));
    }

    private static String describe(Object stage) {
        if (stage instanceof Pending) {
            return "has not started";
        }
        if (stage instanceof Thread) {
            return "is running";
        }
        if (isCancelled(stage)) {
            return "was cancelled";
        }
        return stage instanceof Throwable ? "failed" : "has a result";
    }

    @Override
    public String toString() {
        return "ReleasingFuture@" + Integer.toHexString(System.identityHashCode(this)) + "[the task " + describe(stage)
                + "]";
    }
}
