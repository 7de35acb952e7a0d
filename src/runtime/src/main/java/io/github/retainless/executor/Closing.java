package io.github.retainless.executor;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes an executor as JDK 19 does, on every JDK. */
final class Closing {
    private Closing() {}

    static void close(ExecutorService executor) {
        boolean interrupted = false;
        executor.shutdown();
        while (!executor.isTerminated()) {
            try {
                executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException impatient) {
                if (!interrupted) {
                    executor.shutdownNow();
                }
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
