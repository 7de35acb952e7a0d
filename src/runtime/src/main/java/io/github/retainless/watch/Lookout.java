package io.github.retainless.watch;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Waits for collections and has its watch look after each. Does not hold the watch: when it is closed, or nobody has it
 * any more, the thread ends.
 */
final class Lookout implements Runnable {
    private static final long FOREVER_NANOS = Long.MAX_VALUE;

    private final Pace pace;
    private final ReferenceQueue<Object> queue;
    private final WeakReference<RetentionWatch> watch;

    Lookout(RetentionWatch watch, Pace pace, ReferenceQueue<Object> queue) {
        this.pace = pace;
        this.queue = queue;
        this.watch = new WeakReference<>(watch, queue);
    }

    void start(String name) {
        // Of the failing thread that happens to be the first, take over neither locals nor loader nor priority.
        Thread thread = new Thread(null, this, "retainless-watch-" + name, 0, false);
        thread.setContextClassLoader(RetentionWatch.class.getClassLoader());
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setDaemon(true);
        thread.start();
    }

    void stop() {
        // The thread sees the same as when the watch has been collected.
        watch.enqueue();
    }

    @Override
    public void run() {
        long due = System.nanoTime();
        boolean isPending = false;
        while (!watch.refersTo(null)) {
            try {
                isPending |= await(isPending ? due - System.nanoTime() : FOREVER_NANOS);
                if (isPending && due - System.nanoTime() <= 0) {
                    isPending = false;
                    due = System.nanoTime() + look();
                }
            } catch (InterruptedException ignored) {
                // Only closing ends the watch.
            } catch (Throwable ignored) {
                // Memory has run out.
                due = System.nanoTime() + pace.shortestRestNanos();
                isPending = true;
            }
        }
    }

    /** Waits for a collection; returns whether there was one. Every single one makes the sentinels older. */
    private boolean await(long nanos) throws InterruptedException {
        if (nanos <= 0) {
            return false;
        }
        // Of 0 it would wait forever.
        boolean happened = queue.remove(nanos / 1_000_000 + 1) != null;
        // Several are gone in one collection; the first may come just when waiting has ended.
        while (queue.poll() != null) {
            happened = true;
        }
        if (happened) {
            notice();
        }
        return happened;
    }

    // In frames of their own, so that while it waits the thread does not hold the watch.

    private void notice() {
        RetentionWatch present = watch.get();
        if (present != null) {
            present.notice();
        }
    }

    /** Returns how long to rest, in nanoseconds. */
    private long look() {
        RetentionWatch present = watch.get();
        if (present == null) {
            return 0;
        }
        long start = System.nanoTime();
        RetentionAlert alert = present.look();
        long nanos = System.nanoTime() - start;
        if (alert != null) {
            present.raise(alert);
        }
        return pace.restAfter(nanos);
    }
}
