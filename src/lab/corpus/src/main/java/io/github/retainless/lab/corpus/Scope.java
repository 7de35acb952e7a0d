package io.github.retainless.lab.corpus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a subject holds while its experiment runs, and what must be ended afterwards, last things first. */
public final class Scope implements AutoCloseable {
    /** For a subject's last failure, or anything it is to hold. */
    public volatile Object slot;

    private final Deque<AutoCloseable> endings = new ArrayDeque<>();

    public synchronized void onClose(AutoCloseable ending) {
        endings.push(ending);
    }

    public <T extends AutoCloseable> T closing(T resource) {
        onClose(resource);
        return resource;
    }

    public <T extends ExecutorService> T ending(T executor) {
        onClose(executor::shutdownNow);
        return executor;
    }

    public ExecutorService pool(int threads) {
        return ending(Executors.newFixedThreadPool(threads));
    }

    /** A started thread that must end when it is interrupted. */
    public Thread thread(Runnable task) {
        Thread thread = new Thread(task, "subject");
        thread.setDaemon(true);
        thread.start();
        onClose(thread::interrupt);
        return thread;
    }

    /** Ends all, also if one can't be ended. */
    @Override
    public synchronized void close() {
        IllegalStateException failed = null;
        while (!endings.isEmpty()) {
            try {
                endings.pop().close();
            } catch (Exception notEnded) {
                failed = new IllegalStateException("The subject could not be ended", notEnded);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
