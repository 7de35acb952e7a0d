package io.github.retainless.executor;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads with numbers in their names. */
final class NamedThreads implements ThreadFactory {
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
