package io.github.retainless.executor;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A future that is timed by one of the pool's own, its timer. The pool runs this one, which runs the timer, which knows
 * whether it still may run and when to run again, and which fires this one's task. So the timer never sees a failure.
 */
final class ReleasingScheduledFuture<V extends @Nullable Object> extends ReleasingFuture<V>
        implements RunnableScheduledFuture<V> {
    private final ScheduledThreadPoolExecutor pool;
    private volatile @Nullable RunnableScheduledFuture<?> timer;

    ReleasingScheduledFuture(Callable<V> task, DeliveryTerms terms, ScheduledThreadPoolExecutor pool) {
        super(task, terms);
        this.pool = pool;
    }

    /** What the timer runs. */
    record Firing(ReleasingScheduledFuture<?> future) implements Runnable {
        ReleasingScheduledFuture<?> startedBy(RunnableScheduledFuture<?> timer) {
            future.timer = timer;
            return future;
        }

        @Override
        public void run() {
            future.fire();
        }
    }

    /** Ends the repetition of a periodic timer. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Stopped FOR_GOOD = new Stopped();

        private Stopped() {
            super("the periodic task has failed or was cancelled", null, false, false);
        }
    }

    Firing firing() {
        return new Firing(this);
    }

    private RunnableScheduledFuture<?> timer() {
        return Objects.requireNonNull(timer);
    }

    @Override
    public void run() {
        RunnableScheduledFuture<?> timer = timer();
        timer.run();
        if (isCancelled()) {
            // Perhaps just before the timer put it into the queue once more.
            leaveQueue();
        } else if (timer.isCancelled()) {
            // The pool is being shut down, and its policy is not to run what was delayed.
            cancel(false);
        }
    }

    private void fire() {
        if (!isPeriodic()) {
            super.run();
        } else if (!runAndReset()) {
            throw Stopped.FOR_GOOD;
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        RunnableScheduledFuture<?> timer = this.timer;
        if (cancelled && timer != null) {
            timer.cancel(false);
            leaveQueue();
        }
        return cancelled;
    }

    private void leaveQueue() {
        if (pool.getRemoveOnCancelPolicy()) {
            pool.remove(this);
        }
    }

    /** Lets go of a task that the pool did not take. */
    void release() {
        super.cancel(false);
    }

    @Override
    public boolean isPeriodic() {
        return timer().isPeriodic();
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return timer().getDelay(unit);
    }

    @Override
    public int compareTo(Delayed other) {
        // Timers know in which order those of the same time were made.
        return timer().compareTo(other instanceof ReleasingScheduledFuture<?> future ? future.timer() : other);
    }
}
