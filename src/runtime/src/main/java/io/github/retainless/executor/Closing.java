package io.github.retainless.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes an executor as JDK 19 does, on every JDK. */
final class Closing {
    private Closing() {}

    static void close(ExecutorService executor) {
        boolean wasInterrupted = false;
        executor.shutdown();
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException interrupted) {
                if (!wasInterrupted) {
                    executor.shutdownNow();
                }
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
