package io.github.retainless.watch;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * Waits for collections and has its watch look after each. Does not hold the watch: when it is closed, or nobody has it any
 * more, the thread ends.
 */
final class Lookout implements Runnable {
    /** Looking takes at most one percent of one core's time. */
    private static final int REST = 99;

    private static final long SHORTEST_REST_NANOS = 10_000_000;
    private static final long LONGEST_REST_NANOS = 10_000_000_000L;

    private final ReferenceQueue<Object> queue;
    private final WeakReference<RetentionWatch> watch;

    Lookout(RetentionWatch watch, ReferenceQueue<Object> queue) {
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
        while (!watch.refersTo(null)) {
            try {
                queue.remove();
                while (queue.poll() != null) {
                    // Several are gone in one collection: one look is enough.
                }
                Thread.sleep(look() / 1_000_000);
            } catch (InterruptedException fromACallback) {
                // Only closing ends the watch.
            }
        }
    }

    /** In a frame of its own, so that while it waits the thread does not hold the watch. Returns how long to rest. */
    private long look() {
        RetentionWatch present = watch.get();
        if (present == null) {
            return 0;
        }
        long start = System.nanoTime();
        RetentionAlert alert;
        try {
            alert = present.look();
        } catch (Throwable outOfMemory) {
            // There will be another collection.
            return LONGEST_REST_NANOS / 10;
        }
        long nanos = System.nanoTime() - start;
        if (alert != null) {
            present.raise(alert);
        }
        return Math.max(SHORTEST_REST_NANOS, Math.min(LONGEST_REST_NANOS, nanos * REST));
    }
}
