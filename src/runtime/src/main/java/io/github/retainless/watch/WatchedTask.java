package io.github.retainless.watch;

/** Tells the watch what a task throws. A class, so that {@code shutdownNow} can give the caller's own task back. */
record WatchedTask(Runnable task, RetentionWatch watch) implements Runnable {
    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            watch.failed(failure);
            throw failure;
        }
    }

    static Runnable unwrap(Runnable task) {
        return task instanceof WatchedTask watched ? watched.task : task;
    }
}
