package io.github.retainless.internal.run;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until an executor under test has nothing to do: right after an outcome is delivered its worker still unwinds,
 * with the failure in hand. Of executors that do not tell, the collection's second looks take care.
 */
final class ExecutorIdleWait {
    private final @Nullable Executor executor;
    private final Duration patience;
    private boolean worthWaiting = true;

    ExecutorIdleWait(@Nullable Executor executor, Duration patience) {
        this.executor = executor;
        this.patience = patience;
    }

    void settle() {
        if (!worthWaiting || isQuiet()) {
            return;
        }
        try {
            // No handler for uncaught exceptions: it would be installed for the whole JVM.
            await("the executor to have nothing to do")
                    .dontCatchUncaughtExceptions()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(patience)
                    .until(this::isQuiet);
        } catch (ConditionTimeoutException ignored) {
            // The executor stays busy.
            worthWaiting = false;
        }
    }

    /** How many threads it has; 0 if that is no pool that tells. */
    static int threads(@Nullable Object executor) {
        if (executor instanceof ThreadPoolExecutor pool) {
            return pool.getPoolSize();
        }
        return executor instanceof ForkJoinPool pool ? pool.getPoolSize() : 0;
    }

    private boolean isQuiet() {
        if (executor instanceof ThreadPoolExecutor pool) {
            return pool.getActiveCount() == 0;
        }
        if (executor instanceof ForkJoinPool pool) {
            return pool.isQuiescent();
        }
        return true;
    }
}
