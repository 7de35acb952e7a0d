package io.github.retainless.executor;

import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * How the failures of one {@link FixedAsyncExecutor} or {@link FixedScheduledExecutor} fare. A number that grows
 * without end in {@link #undelivered()} means futures that nobody reads: their failures stay as long as somebody keeps
 * them.
 *
 * <p>The numbers are read one after the other while tasks go on, so that they need not add up at that moment. Holds no
 * failure and not the executor. Safe for use by any thread.
 *
 * @since 0.1.0
 */
public final class FailureStatistics {
    private final LongAdder failed = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final RecentStacks stacks = new RecentStacks();
    private volatile @Nullable FailureRecord last;
    private volatile boolean isAskedForLast = true;
    private @Nullable ObjectName registered;

    FailureStatistics() {}

    /** How many tasks have failed. */
    public long failed() {
        return failed.sum();
    }

    /**
     * How many failures have been given away whole: to a reader, a stage, or the uncaught exception handler of a
     * thread.
     */
    public long delivered() {
        return delivered.sum();
    }

    /**
     * How many failures have been let go: those delivered, and those of tasks that had been cancelled before they
     * failed, which nobody can read.
     */
    public long released() {
        return delivered.sum() + dropped.sum();
    }

    /**
     * How many failures wait in their futures to be read. Those that went with a future that was dropped unread are
     * among them.
     */
    public long undelivered() {
        return Math.max(0, failed.sum() - released());
    }

    /**
     * The failure that was delivered last, or the first that has happened since this was last asked for, whichever is
     * younger: so whoever asks from time to time sees those as well that nobody reads.
     *
     * @return what is left of it; empty if no task has failed
     */
    public Optional<FailureSummary> last() {
        isAskedForLast = true;
        return Optional.ofNullable(last).map(FailureSummary::new);
    }

    /**
     * Shows these numbers to monitoring tools as {@code io.github.retainless:type=FailureStatistics,name="..."} in the
     * platform's MBean server, until {@link #unregister()} or the shutdown of the executor.
     *
     * @param name which executor it is, any text
     * @throws IllegalArgumentException if that name is taken
     * @throws IllegalStateException if these are registered already, or the server does not take them
     */
    public synchronized void register(String name) {
        Objects.requireNonNull(name, "name");
        if (registered != null) {
            throw new IllegalStateException("registered already, as " + registered + ": call unregister() first");
        }
        try {
            ObjectName objectName =
                    new ObjectName("io.github.retainless:type=FailureStatistics,name=" + ObjectName.quote(name));
            ManagementFactory.getPlatformMBeanServer().registerMBean(new View(this), objectName);
            registered = objectName;
        } catch (InstanceAlreadyExistsException ignored) {
            // The message says which name.
            throw new IllegalArgumentException(
                    "another executor's failure statistics are registered as \"" + name + "\": choose another name");
        } catch (JMException refused) {
            throw new IllegalStateException("cannot register failure statistics as \"" + name + "\"", refused);
        }
    }

    /** Takes these numbers back from the MBean server; does nothing if they are not there. */
    public synchronized void unregister() {
        ObjectName name = registered;
        registered = null;
        if (name != null) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (JMException ignored) {
                // Somebody else took it back.
            }
        }
    }

    /**
     * The frames of a failure, shared with equal ones. Throws nothing: its future must learn of the failure whatever
     * happens.
     */
    StackTraceElement[] framesOf(Throwable failure) {
        try {
            return stacks.framesOf(failure);
        } catch (RuntimeException | Error ignored) {
            // A method of the failure throws.
            return RecentStacks.NO_FRAMES;
        }
    }

    /** A task has failed. Throws nothing either. */
    void countFailure(Throwable failure, StackTraceElement[] frames) {
        try {
            failed.increment();
            if (isAskedForLast) {
                isAskedForLast = false;
                last = record(failure, FailureText.heading(failure), frames);
            }
        } catch (RuntimeException | Error ignored) {
            // A figure is worth less than the failure.
        }
    }

    /** What to keep of a failure that is about to be delivered. */
    FailureRecord record(Throwable failure, String heading, StackTraceElement[] frames) {
        return FailureRecord.of(failure, heading, frames, stacks, last);
    }

    void countDelivery(FailureRecord failure) {
        // Nothing is written where the same failure comes again and again: many threads come through here.
        if (last != failure) {
            last = failure;
        }
        // After the failure, so that whoever sees the count finds it.
        delivered.increment();
    }

    /** A failure of a task that had been cancelled. */
    void countDrop() {
        dropped.increment();
    }

    /** A failure that leaves through the thread it happened on. Throws nothing either. */
    void countUncaught(Throwable failure) {
        try {
            failed.increment();
            countDelivery(record(failure, FailureText.heading(failure), framesOf(failure)));
        } catch (RuntimeException | Error ignored) {
            // The failure must go on through its thread, whatever happens here.
        }
    }

    private record View(FailureStatistics statistics) implements FailureStatisticsMXBean {
        @Override
        public long getFailed() {
            return statistics.failed();
        }

        @Override
        public long getDelivered() {
            return statistics.delivered();
        }

        @Override
        public long getReleased() {
            return statistics.released();
        }

        @Override
        public long getUndelivered() {
            return statistics.undelivered();
        }

        @Override
        public String getLast() {
            return statistics.last().map(FailureSummary::failureText).orElse("");
        }
    }
}
