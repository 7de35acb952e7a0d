package io.github.retainless.executor;

import java.util.ArrayList;
import java.util.List;

/**
 * A command on its way to a thread: counts its failure and lets that pass.
 *
 * <p>It is not let go of here, but with this wrapper, which no thread pool keeps: a field that is written by the thread
 * that runs it would cost a fifth of the throughput, as the submitter's thread goes on to write right beside it.
 */
class Command implements Runnable {
    private final FailureStatistics statistics;
    private final Runnable command;

    private Command(Runnable command, FailureStatistics statistics) {
        this.command = command;
        this.statistics = statistics;
    }

    static Command of(Runnable command, FailureStatistics statistics) {
        return command instanceof Comparable ? new Ranked(command, statistics) : new Command(command, statistics);
    }

    /** One that keeps its place in a queue which orders its commands. */
    private static final class Ranked extends Command implements Comparable<Ranked> {
        Ranked(Runnable command, FailureStatistics statistics) {
            super(command, statistics);
        }

        @Override
        @SuppressWarnings("unchecked")
        public int compareTo(Ranked other) {
            return ((Comparable<Object>) ((Command) this).command).compareTo(((Command) other).command);
        }
    }

    @Override
    public void run() {
        TaskThreadLocals before = TaskThreadLocals.now();
        try {
            command.run();
        } catch (Throwable failure) {
            statistics.countUncaught(failure);
            throw failure;
        } finally {
            before.restore();
        }
    }

    /** The commands as they were given to the executor. */
    static List<Runnable> given(List<Runnable> pending) {
        List<Runnable> given = new ArrayList<>(pending.size());
        for (Runnable next : pending) {
            given.add(next instanceof Command own ? own.command : next);
        }
        return given;
    }

    @Override
    public String toString() {
        return command.toString();
    }
}
