package io.github.retainless.internal.run;

import com.sun.management.ThreadMXBean;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.outcome.AsyncOutcome;
import io.github.retainless.internal.outcome.Observation;
import io.github.retainless.internal.outcome.UnobservableException;
import io.github.retainless.internal.runtime.Unwrapping;
import io.github.retainless.internal.track.FailureWatch;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One attempt while it lasts. A subject may keep it for ever (captured in a callback), so it never holds a failure, an
 * outcome or a thread once these have been dealt with.
 */
final class RunningAttempt implements Attempt {
    private static final ThreadLocal<@Nullable RunningAttempt> CURRENT = new ThreadLocal<>();

    private final TaskUnderTest taskUnderTest;
    private final AttemptKind kind;
    private final FailureWatch watch;
    private final LastFailures lastFailures;
    private final @Nullable FailureScale scale;
    private final EarlyEnd earlyEnd;
    private final int number;

    private final Deque<AsyncOutcome.Blocking> blocking = new ArrayDeque<>();
    private final List<Observation> observations = new ArrayList<>();
    private WeakReference<Thread> runner = new WeakReference<>(null);
    private WeakReference<Throwable> lastWeighed = new WeakReference<>(null);
    private boolean started;
    private boolean returned;
    private boolean failed;
    private boolean tracked;
    private boolean askedWhetherToSucceed;
    private int observed;
    private int pending;
    private String pendingType = "";
    private String firstFailure = "";
    private long allocated;
    private long allocatedByUs;
    private long lastedNanos;

    /** Without a lock: it is set by whoever makes an exception, who may hold others. */
    private final AtomicBoolean sawOneMade = new AtomicBoolean();

    RunningAttempt(
            TaskUnderTest taskUnderTest,
            AttemptKind kind,
            FailureWatch watch,
            LastFailures lastFailures,
            @Nullable FailureScale scale,
            EarlyEnd earlyEnd,
            int number) {
        this.taskUnderTest = taskUnderTest;
        this.kind = kind;
        this.watch = watch;
        this.lastFailures = lastFailures;
        this.scale = scale;
        this.earlyEnd = earlyEnd;
        this.number = number;
    }

    /** The attempt whose task runs on this thread just now; null if none does. */
    static @Nullable RunningAttempt onThisThread() {
        return CURRENT.get();
    }

    /** One of the chosen exceptions has been made in this attempt; false if that was known. */
    boolean seeOneMade() {
        return !sawOneMade.getAndSet(true);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean mustSucceed() {
        synchronized (this) {
            askedWhetherToSucceed = true;
        }
        return kind == AttemptKind.COMPARISON;
    }

    @Override
    public void observe(Object outcome) {
        follow(adapt(
                checkNotNull(outcome, "observe"),
                "Observe what the asynchronous call returns, or track(..) its exception."));
    }

    private AsyncOutcome adapt(Object outcome, String remedy) {
        try {
            return AsyncOutcome.of(outcome, remedy);
        } catch (UnobservableException unobservable) {
            earlyEnd.because("attempt " + number + " " + unobservable.reason(), unobservable.remedy());
            throw unobservable;
        }
    }

    private void follow(AsyncOutcome outcome) {
        synchronized (this) {
            observed++;
            pending++;
            pendingType = outcome.type();
        }
        if (outcome instanceof AsyncOutcome.Callback callback) {
            subscribe(callback);
        } else if (outcome instanceof AsyncOutcome.Blocking future) {
            synchronized (this) {
                blocking.add(future);
                notifyAll();
            }
        }
    }

    private void subscribe(AsyncOutcome.Callback outcome) {
        Observation observation = new Observation(earlyEnd::isSet, this::settle);
        synchronized (this) {
            observations.add(observation);
        }
        try {
            outcome.subscription().accept(observation);
        } catch (Throwable refused) {
            observation.settle(refused);
        }
    }

    /** Nobody waits for the outcomes any more. */
    void unsubscribe() {
        List<Observation> open;
        synchronized (this) {
            open = List.copyOf(observations);
        }
        open.forEach(Observation::cancel);
    }

    @Override
    public <T> T track(T object) {
        checkNotNull(object, "track");
        if (object instanceof Throwable failure) {
            thrown(failure);
        } else {
            watch.watch(object, number);
        }
        synchronized (this) {
            tracked = true;
        }
        return object;
    }

    private Object checkNotNull(@Nullable Object object, String method) {
        if (object == null) {
            earlyEnd.because(
                    "attempt " + number + " handed null to " + method + "(..)",
                    "Does a stub or mock return null where the real one returns an outcome?");
            throw new IllegalArgumentException(method + "(null)");
        }
        return object;
    }

    /** Runs the task here and lets what it throws pass, as whoever runs it must see it. */
    void runTask() throws Throwable {
        RunningAttempt outer = CURRENT.get();
        begin();
        long before = allocatedByThisThread();
        CURRENT.set(this);
        try {
            Object outcome = taskUnderTest.task().run(this);
            if (outcome != null) {
                follow(adapt(outcome, "The task returned it: let the task throw, or return an outcome or nothing."));
            }
        } catch (Throwable failure) {
            thrown(failure);
            throw failure;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            end(allocatedByThisThread() - before);
        }
    }

    /** The task threw or tracked it, or whoever ran it says that it failed. */
    void thrown(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            earlyEnd.makeRoom();
        }
        try {
            watch.watchFailure(failure, number);
            fail(failure);
        } catch (OutOfMemoryError full) {
            // Or nobody would learn that it failed.
            earlyEnd.becauseNoMemoryIsLeftAround(number);
            throw full;
        }
    }

    private synchronized void begin() {
        started = true;
        runner = new WeakReference<>(Thread.currentThread());
    }

    private synchronized void end(long bytes) {
        allocated = bytes - allocatedByUs;
        returned = true;
        runner.clear();
        notifyAll();
    }

    private void settle(@Nullable Throwable failure) {
        if (failure != null) {
            thrown(failure);
        }
        synchronized (this) {
            pending--;
            notifyAll();
        }
    }

    private void fail(Throwable failure) {
        lastFailures.record(Thread.currentThread(), number);
        if (failure instanceof OutOfMemoryError) {
            String description = Unwrapping.describe(failure);
            earlyEnd.becauseHeapIsFull(
                    "attempt " + number + " ran out of memory (" + description + ")",
                    ExhaustedMemory.remedy(description));
        }
        weigh(failure);
        synchronized (this) {
            if (kind != AttemptKind.FAILURE && !failed) {
                firstFailure = Unwrapping.describe(failure);
            }
            failed = true;
            notifyAll();
        }
    }

    /** Once only: whoever gets the failure next may print it, which makes it heavier. */
    private void weigh(Throwable failure) {
        if (scale == null || !isNewToTheScale(failure)) {
            return;
        }
        long before = allocatedByThisThread();
        scale.weigh(failure);
        synchronized (this) {
            if (runner.refersTo(Thread.currentThread())) {
                allocatedByUs += allocatedByThisThread() - before;
            }
        }
    }

    private synchronized boolean isNewToTheScale(Throwable failure) {
        boolean isNew = !lastWeighed.refersTo(failure);
        lastWeighed = new WeakReference<>(failure);
        return isNew;
    }

    /**
     * Waits until the task has returned and all it observed is settled.
     *
     * @param look how often to look for failures that are made elsewhere, which does not notify
     */
    void await(Duration look) throws InterruptedException {
        while (!awaitOutcomes(look)) {
            settleNextFuture();
        }
    }

    /** Whether the attempt is over; if not, there is a future to wait for. */
    private synchronized boolean awaitOutcomes(Duration look) throws InterruptedException {
        while (!isOver()) {
            if (!blocking.isEmpty()) {
                return false;
            }
            wait(taskUnderTest.seesFailuresMade() ? look.toMillis() : 0);
        }
        return true;
    }

    private void settleNextFuture() throws InterruptedException {
        AsyncOutcome.Blocking future;
        synchronized (this) {
            future = blocking.remove();
        }
        settle(future.await());
    }

    /** Whether the task has returned and all it observed is settled. */
    synchronized boolean isOver() {
        // A task that has reported nothing yet, but could, may have left that to a callback.
        boolean mayReport = taskUnderTest.takesAttempt() || taskUnderTest.seesFailuresMade();
        boolean mayStillReport =
                kind == AttemptKind.FAILURE && mayReport && observed == 0 && !failed && !sawOneMade.get();
        return returned && pending == 0 && !mayStillReport;
    }

    /** Adds to how long it has lasted, in nanoseconds, as far as whoever looks after it has seen; returns that. */
    synchronized long addTime(long moreNanos) {
        lastedNanos += moreNanos;
        return lastedNanos;
    }

    synchronized boolean hasStarted() {
        return started;
    }

    synchronized boolean hasFailed() {
        return failed || (sawOneMade.get() && kind == AttemptKind.FAILURE);
    }

    synchronized boolean hasTracked() {
        return tracked;
    }

    /** Whether the task knows that there are attempts that must not fail. */
    synchronized boolean hasAskedWhetherToSucceed() {
        return askedWhetherToSucceed;
    }

    /** The first failure of an attempt that was expected to succeed, in words. */
    synchronized String firstFailure() {
        return firstFailure;
    }

    /** How much the task has allocated on its thread, in bytes; 0 where that is unknown. */
    synchronized long allocated() {
        return Math.max(0, allocated);
    }

    /** Says what an attempt that is not over yet waits for. */
    void stopAsHanging(String timeout) {
        Thread thread;
        boolean isStarted;
        boolean isReturned;
        boolean hasFailed;
        int open;
        String type;
        synchronized (this) {
            thread = runner.get();
            isStarted = started;
            isReturned = returned;
            hasFailed = hasFailed();
            open = pending;
            type = pendingType;
        }
        if (!isStarted) {
            earlyEnd.because(
                    "the executor had not started attempt " + number + " after " + timeout,
                    "Is the executor shut down, saturated, or blocked by an earlier task?");
        } else if (!isReturned) {
            earlyEnd.because(
                    "attempt " + number + " was still running after " + timeout
                            + (thread == null ? "" : "\n\n" + TaskStack.of(thread)),
                    "Let the task end by itself, or raise the timeout.");
        } else if (open > 0) {
            earlyEnd.because(
                    "attempt " + number + " returned, but " + open + " outcome" + (open == 1 ? "" : "s")
                            + " it observed had not settled after " + timeout + " (" + type + ")",
                    "Let every outcome complete, or raise the timeout.");
        } else if (hasFailed || kind != AttemptKind.FAILURE) {
            earlyEnd.because(
                    "attempt " + number + " has ended, but the executor had not handed over its outcome after "
                            + timeout,
                    "Let the executor complete the future that submit(..) returned, or raise the timeout.");
        } else {
            earlyEnd.because(
                    "attempt " + number + " neither threw, nor observed an outcome, nor tracked a Throwable"
                            + (taskUnderTest.seesFailuresMade() ? ", nor was one of the chosen ones made," : "")
                            + " within "
                            + timeout,
                    "Throw, hand over the outcome with observe(..), or the swallowed exception with track(..)."
                            + (taskUnderTest.seesFailuresMade()
                                    ? " Or is it of another class or package than watchThrowables and watchPackages name?"
                                    : ""));
        }
    }

    private static long allocatedByThisThread() {
        return Allocation.THREADS == null ? 0 : Allocation.THREADS.getCurrentThreadAllocatedBytes();
    }

    private static final class Allocation {
        static final @Nullable ThreadMXBean THREADS =
                ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                                && threads.isThreadAllocatedMemorySupported()
                        ? threads
                        : null;
    }
}
