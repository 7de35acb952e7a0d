package io.github.retainless.contract;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.runtime.Unwrapping;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.TestAbortedException;

/**
 * An asynchronous function in the hands of a scenario. Where it fails without having run the task, the test ends: as
 * the failure of an attempt that would pass for what the scenario is after.
 *
 * @param function the function under test
 */
record DrivenFunction(AsyncFunctionRetentionContract function) {
    /** Starts a task, waits for its outcome and hands that over. */
    void start(Callable<?> task, Attempt attempt) throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        CompletionStage<?> outcome = start(task, ran);
        CountDownLatch settled = new CountDownLatch(1);
        outcome.handle((value, failure) -> {
            settled.countDown();
            return null;
        });
        settled.await();
        if (!ran.get()) {
            throw new ExtensionConfigurationException(
                    "start(..) returned an outcome without having run the task. Let it run each task once.");
        }
        attempt.observe(outcome);
    }

    private CompletionStage<?> start(Callable<?> task, AtomicBoolean ran) throws Exception {
        CompletionStage<?> outcome;
        try {
            outcome = function.start(() -> {
                ran.set(true);
                return task.call();
            });
        } catch (Exception | Error failure) {
            if (ran.get()) {
                throw failure;
            }
            throw new ExtensionConfigurationException("start(..) threw " + Unwrapping.describe(failure)
                    + " without having run the task. Let it run each task once.");
        }
        if (outcome == null) {
            throw new ExtensionConfigurationException("start(..) returned null. Let it return the task's outcome.");
        }
        return outcome;
    }

    /** Starts a task and waits until it runs. */
    CompletableFuture<?> startPending(PendingTask task) throws Exception {
        CompletionStage<?> outcome;
        try {
            outcome = start(task, new AtomicBoolean());
        } finally {
            task.checkCaller();
        }
        task.awaitStart();
        try {
            return outcome.toCompletableFuture();
        } catch (UnsupportedOperationException ignored) {
            // The stage is no future and cannot be cancelled.
            task.awaitFailure();
            throw new TestAbortedException(
                    outcome.getClass().getName() + " has no toCompletableFuture(), which it takes to give up a task");
        }
    }

    /** Starts a task whose failure has a callback that throws too. */
    void startWithThrowingCallback(ContractTask task) throws Exception {
        task.attempt().observe(start(task::fail, new AtomicBoolean()).whenComplete((value, failure) -> {
            throw task.failure("cannot tell the customer", failure);
        }));
    }

    /** Starts a task that fails, and starts it again from its callback, so many times. */
    void startAgainAndAgain(int tries, ContractTask task) throws Exception {
        CompletableFuture<Object> last = new CompletableFuture<>();
        startAgain(tries, null, task, last);
        task.attempt().observe(last);
    }

    private void startAgain(int tries, @Nullable Throwable earlier, ContractTask task, CompletableFuture<Object> last)
            throws Exception {
        Callable<?> again = () -> {
            throw task.failureAgain(earlier);
        };
        start(again, new AtomicBoolean()).handle((value, failure) -> {
            if (tries == 1) {
                last.completeExceptionally(failure);
            } else {
                try {
                    startAgain(tries - 1, failure, task, last);
                } catch (Exception thrown) {
                    last.completeExceptionally(thrown);
                }
            }
            return null;
        });
    }
}
