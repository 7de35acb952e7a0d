package io.github.retainless.contract;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.runtime.Unwrapping;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
        execute(() -> {
            try {
                outcome.complete(task.call());
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        });
        attempt.observe(outcome);
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

    /** Starts a task that submits itself again when it fails, so many times, each time with its earlier failures. */
    void startAgainAndAgain(int tries, ContractTask task) {
        CompletableFuture<Object> last = new CompletableFuture<>();
        startAgain(tries, null, task, last);
        task.attempt().observe(last);
    }

    private void startAgain(int tries, @Nullable Throwable earlier, ContractTask task, CompletableFuture<Object> last) {
        execute(() -> {
            Throwable failure = task.failureAgain(earlier);
            if (tries == 1) {
                last.completeExceptionally(failure);
            } else {
                startAgain(tries - 1, failure, task, last);
            }
        });
    }

    /** Starts a task whose failure has a callback on the executor that throws too, and waits until it has. */
    void startWithThrowingCallback(ContractTask task) throws InterruptedException {
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        CountDownLatch thrown = new CountDownLatch(1);
        outcome.whenComplete((nothing, failure) -> executor.execute(() -> {
            UncaughtDeclined.keepQuiet();
            try {
                throw task.failure("cannot tell the customer", failure);
            } finally {
                thrown.countDown();
            }
        }));
        execute(() -> outcome.completeExceptionally(task.failure("declined", null)));
        thrown.await();
    }

    /** Submits a task with a large argument to an executor that is shut down. */
    void startAfterShutdown(ContractTask task) {
        ExecutorService service = service("be shut down");
        service.shutdown();
        byte[] argument = task.payload();
        try {
            service.submit(() -> task.sleepOver(argument));
        } catch (RejectedExecutionException rejected) {
            task.attempt().track(rejected);
            return;
        } catch (RuntimeException | Error refused) {
            throw refused(refused);
        }
        throw new TestAbortedException(
                "nothing was rejected: " + service.getClass().getName() + " takes tasks after shutdown()");
    }

    private static ExtensionConfigurationException refused(Throwable refused) {
        return new ExtensionConfigurationException("the executor threw " + Unwrapping.describe(refused)
                + " instead of taking a task. The contract needs one that takes eight tasks at a time.");
    }
}
