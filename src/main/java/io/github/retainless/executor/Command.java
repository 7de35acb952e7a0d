package io.github.retainless.executor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command on its way to a thread: lets go of it as it starts, counts its failure and lets that pass. */
final class Command implements Runnable {
    private final FailureStatistics statistics;
    private @Nullable Runnable command;

    Command(Runnable command, FailureStatistics statistics) {
        this.command = command;
        this.statistics = statistics;
    }

    @Override
    public void run() {
        Runnable started = command;
        if (started == null) {
            return;
        }
        command = null;
        TaskThreadLocals before = TaskThreadLocals.now();
        try {
            started.run();
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
            given.add(next instanceof Command own && own.command != null ? own.command : next);
        }
        return given;
    }

    @Override
    public String toString() {
        return String.valueOf(command);
    }
}
