package io.github.retainless;

import io.github.retainless.failure.Unwrapping;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.TestAbortedException;

/**
 * An executor in the hands of a scenario. What it throws instead of taking a task ends the test: as the failure of an
 * attempt it would pass for what the scenario is after.
 *
 * @param executor the executor under test
 */
record DrivenExecutor(Executor executor) {
    /**
     * The executor as a service.
     *
     * @param use what for, in words
     * @throws TestAbortedException if it is none
     */
    ExecutorService service(String use) {
        if (executor instanceof ExecutorService service) {
            return service;
        }
        throw new TestAbortedException("only an ExecutorService can " + use + ", and "
                + executor.getClass().getName() + " is none");
    }

    /** Starts a task in the way of the executor, and lets the attempt wait for its outcome. */
    void start(Callable<?> task, Attempt attempt) {
        if (executor instanceof ExecutorService service) {
            attempt.observe(submit(service, task));
            return;
        }
        CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();
        attempt.observe(outcome);
        execute(() -> {
            try {
                outcome.complete(task.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
    }

    static Future<?> submit(ExecutorService service, Callable<?> task) {
        Future<?> future;
        try {
            future = service.submit(task);
        } catch (RuntimeException | Error refused) {
            throw refused(refused);
        }
        if (future == null) {
            throw new ExtensionConfigurationException(
                    "the executor's submit(..) returned null. An ExecutorService returns a Future for each task it"
                            + " takes.");
        }
        return future;
    }

    void execute(Runnable command) {
        try {
            executor.execute(command);
        } catch (RuntimeException | Error refused) {
            throw refused(refused);
        }
    }

    private static ExtensionConfigurationException refused(Throwable refused) {
        return new ExtensionConfigurationException("the executor threw " + Unwrapping.describe(refused)
                + " instead of taking a task. The contract needs one that takes a few tasks at a time.");
    }
}
