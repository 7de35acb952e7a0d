package io.github.retainless.executor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FutureTask} that gives its failure away to the first reader.
 *
 * <p>A {@code FutureTask} keeps its outcome for good. So a failure is not made its outcome: it is told only that it
 * failed, and what there is to deliver is held here, where it can be exchanged:
 *
 * <pre>
 * null → Throwable (the failure) → FailureRecord, by the first reader
 *      → Result, if results are to be released → TAKEN, by the first reader
 * </pre>
 *
 * <p>A failure is held without a wrapper, because there may be no memory left for one.
 */
class ReleasingFuture<V extends @Nullable Object> extends FutureTask<V> {
    private static final Object TAKEN = new Object();
    private static final VarHandle HELD;
    private static final VarHandle WAITERS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HELD = lookup.findVarHandle(ReleasingFuture.class, "held", Object.class);
            WAITERS = lookup.findVarHandle(ReleasingFuture.class, "waiters", Waiter.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final DeliveryTerms terms;
    private StackTraceElement[] frames = RecentStacks.NO_FRAMES;
    private volatile @Nullable Object held;
    private volatile @Nullable Waiter waiters;

    private record Result(Object value) {}

    /** What a {@link FutureTask} is told in place of each failure. */
    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Failed ITS_FAILURE_IS_HELD = new Failed();

        private Failed() {
            super("the failure is held elsewhere", null, false, false);
        }
    }

    /** A thread that waits; the thread is null once it no longer does. */
    private static final class Waiter {
        volatile @Nullable Thread thread = Thread.currentThread();
        volatile @Nullable Waiter next;
    }

    /** A future of a task that has not started. */
    ReleasingFuture(Callable<V> task, DeliveryTerms terms) {
        super(task);
        this.terms = terms;
    }

    @Override
    public void run() {
        TaskThreadLocals before = TaskThreadLocals.now();
        try {
            super.run();
        } finally {
            before.restore();
            forgetInterrupt();
        }
    }

    /** For a task that is run again and again; false once it has failed or was cancelled. */
    @Override
    protected boolean runAndReset() {
        TaskThreadLocals before = TaskThreadLocals.now();
        try {
            return super.runAndReset();
        } finally {
            before.restore();
            forgetInterrupt();
        }
    }

    /**
     * An interrupt meant for this task must not hit the runner's next one. A ThreadPoolExecutor clears it itself; a
     * caller that runs the task may have been interrupted for reasons of its own.
     */
    private void forgetInterrupt() {
        if (isCancelled() && Thread.currentThread() instanceof ForkJoinWorkerThread) {
            Thread.interrupted();
        }
    }

    @Override
    protected void set(V value) {
        if (terms.releasesResults() && value != null) {
            held = new Result(value);
            super.set(null);
            forgetIfCancelled();
        } else {
            super.set(value);
        }
    }

    @Override
    protected void setException(Throwable failure) {
        // First, so that whoever sees that it is done sees and finds counted the failure as well. The frames are read
        // here, where the JVM's notes of them are at hand; a reader on another processor would wait for them.
        frames = terms.statistics().framesOf(failure);
        held = failure;
        terms.statistics().countFailure(failure, frames);
        super.setException(Failed.ITS_FAILURE_IS_HELD);
        if (forgetIfCancelled()) {
            terms.statistics().countDrop();
        }
    }

    private boolean forgetIfCancelled() {
        if (isCancelled()) {
            held = null;
            return true;
        }
        return false;
    }

    /** Wakes the waiters. */
    @Override
    protected void done() {
        // Seldom anybody waits, and an exchange costs. Whoever comes after this look sees that it is done.
        Waiter waiter = waiters == null ? null : (Waiter) WAITERS.getAndSet(this, null);
        while (waiter != null) {
            Thread thread = waiter.thread;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
            waiter = waiter.next;
        }
    }

    /** Waits until it is done, without reading, so that a failure stays to be delivered. */
    void await() throws InterruptedException {
        if (!isDone()) {
            pause(0, false);
        }
    }

    /** The same within a time; whether it is done. */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        // A time far below zero would wrap around when added to the clock.
        return isDone() || pause(Math.max(0, unit.toNanos(timeout)), true);
    }

    /** A fork-join pool makes up for a thread that waits; the task that it waits for may need one. */
    private boolean pause(long nanos, boolean isTimed) throws InterruptedException {
        if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
            ForkJoinPool.managedBlock(new Blocker(this, nanos, isTimed));
            return isDone();
        }
        return park(nanos, isTimed);
    }

    private record Blocker(ReleasingFuture<?> future, long nanos, boolean isTimed)
            implements ForkJoinPool.ManagedBlocker {
        @Override
        public boolean block() throws InterruptedException {
            future.park(nanos, isTimed);
            return true;
        }

        @Override
        public boolean isReleasable() {
            return future.isDone();
        }
    }

    // Not by get() of the superclass: that would make an exception about each failure, only to have it dropped here.
    private boolean park(long nanos, boolean isTimed) throws InterruptedException {
        long deadline = isTimed ? System.nanoTime() + nanos : 0;
        Waiter waiter = null;
        try {
            while (!isDone()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = isTimed ? deadline - System.nanoTime() : 1;
                if (left <= 0) {
                    return false;
                }
                if (waiter == null) {
                    waiter = new Waiter();
                    push(waiter);
                } else if (isTimed) {
                    LockSupport.parkNanos(this, left);
                } else {
                    LockSupport.park(this);
                }
            }
            return true;
        } finally {
            if (waiter != null) {
                waiter.thread = null;
                removeThoseGone();
            }
        }
    }

    private void push(Waiter waiter) {
        do {
            waiter.next = waiters;
        } while (!WAITERS.compareAndSet(this, waiter.next, waiter));
    }

    /** A reader that asks again and again for a short time must not leave its waiters behind. */
    private synchronized void removeThoseGone() {
        Waiter kept = null;
        for (Waiter waiter = waiters; waiter != null; waiter = waiter.next) {
            if (waiter.thread != null) {
                kept = waiter;
            } else if (kept != null) {
                kept.next = waiter.next;
            } else {
                // If it is no longer the first, the next one that goes will find it.
                WAITERS.compareAndSet(this, waiter, waiter.next);
            }
        }
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        await();
        Object seen = held;
        return seen == null || isCancelled() ? super.get() : deliver(seen);
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        Objects.requireNonNull(unit, "unit");
        if (!await(timeout, unit)) {
            throw new TimeoutException();
        }
        return get();
    }

    // Where V is not nullable, the task's own return type says so.
    @SuppressWarnings("unchecked")
    private V take(Object seen) {
        if (seen instanceof Result result && HELD.compareAndSet(this, seen, TAKEN)) {
            return (V) result.value();
        }
        throw new IllegalStateException("The result was delivered to an earlier reader, as releaseResults() asks for");
    }

    /**
     * The failure itself for one reader, what is left of it for all others.
     *
     * <p>All that may fail for want of memory comes before the exchange: a reader that breaks off there has taken
     * nothing. The exception is made here and not further down, as each frame of its stack costs.
     */
    private V deliver(Object seen) throws ExecutionException {
        if (isResult(seen)) {
            return take(seen);
        }
        if (seen instanceof Throwable failure) {
            String heading = FailureText.heading(failure);
            FailureRecord record = terms.statistics().record(failure, heading, frames);
            ExecutionException whole = new ExecutionException(heading, failure);
            if (HELD.compareAndSet(this, failure, record)) {
                terms.statistics().countDelivery(record);
                throw whole;
            }
        }
        FailureRecord record = (FailureRecord) Objects.requireNonNull(held);
        throw new ExecutionException(record.heading(), new FailureSummary(record));
    }

    private static boolean isResult(Object held) {
        return held instanceof Result || held == TAKEN;
    }

    /**
     * Overrides the method that {@link FutureTask} has from JDK 19 on.
     *
     * @throws IllegalStateException if there is no result, or it was delivered before
     */
    public V resultNow() {
        if (isDone() && !isCancelled()) {
            Object seen = held;
            if (seen != null && isResult(seen)) {
                return take(seen);
            }
            if (seen == null) {
                return resultOfDone();
            }
        }
        throw new IllegalStateException("The task " + describe());
    }

    private V resultOfDone() {
        boolean interrupted = Thread.interrupted();
        try {
            return super.get();
        } catch (InterruptedException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Overrides the method that {@link FutureTask} has from JDK 19 on: it delivers as {@link #get()} does, the failure
     * to one reader.
     *
     * @throws IllegalStateException if there is no failure
     */
    public Throwable exceptionNow() {
        Object seen = held;
        if (isDone() && !isCancelled() && seen != null && !isResult(seen)) {
            try {
                deliver(seen);
            } catch (ExecutionException failure) {
                return Objects.requireNonNull(failure.getCause());
            }
        }
        throw new IllegalStateException("The task " + describe());
    }

    private String describe() {
        if (isCancelled()) {
            return "was cancelled";
        }
        if (!isDone()) {
            return "has not completed";
        }
        Object seen = held;
        return seen == null || isResult(seen) ? "has a result" : "failed";
    }

    @Override
    public String toString() {
        Object seen = held;
        if (seen == null || isResult(seen) || !isDone() || isCancelled()) {
            return super.toString();
        }
        String heading = seen instanceof FailureRecord record
                ? record.heading()
                : FailureText.bounded(FailureText.heading((Throwable) seen));
        return getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(this))
                + "[Completed exceptionally: " + heading + "]";
    }
}
