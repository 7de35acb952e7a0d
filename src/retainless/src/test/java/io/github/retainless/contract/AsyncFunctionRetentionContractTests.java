package io.github.retainless.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.testing.Slow;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow("makes the twelve experiments of the contract in each test")
class AsyncFunctionRetentionContractTests {
    private static final String[] SCENARIOS = ContractTable.SCENARIOS.stream()
            .filter(scenario -> !scenario.equals("rejectedTask"))
            .toArray(String[]::new);

    /** On a pool, in the way of {@link CompletableFuture#supplyAsync}, but with the checked exceptions of the task. */
    abstract static class OnAPool implements AsyncFunctionRetentionContract {
        @AutoClose("shutdownNow")
        final ExecutorService pool = Executors.newFixedThreadPool(4);

        static <T extends CompletableFuture<Object>> T run(Callable<?> task, Executor executor, T outcome) {
            executor.execute(() -> {
                try {
                    outcome.complete(task.call());
                } catch (Throwable failure) {
                    outcome.completeExceptionally(failure);
                }
            });
            return outcome;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {SoundTestCases.class, MinimalStageTestCases.class})
    void functionThatKeepsNothing_passesAllScenarios(Class<?> function) {
        ContractRun run = ContractRun.of(function);

        assertThat(run.outcomes()).containsOnlyKeys(SCENARIOS);
        assertThat(run.notPassed()).isEmpty();
    }

    static class SoundTestCases extends OnAPool {
        @Override
        public CompletionStage<?> start(Callable<?> task) {
            return run(task, pool, new CompletableFuture<>());
        }
    }

    static class MinimalStageTestCases extends OnAPool {
        @Override
        public CompletionStage<?> start(Callable<?> task) {
            return run(task, pool, new CompletableFuture<>()).minimalCompletionStage();
        }
    }

    @Test
    void functionThatForgetsOnlyWhatSucceeds_failsAllScenariosThatFail() {
        Map<String, String> growing = new TreeMap<>();
        ContractTable.SCENARIOS.forEach(scenario -> growing.put(scenario, "GROWING"));
        growing.keySet().removeAll(Set.of("rejectedTask", "sleepingTask", "largeResult"));

        assertThat(ContractRun.of(SuccessOnlyRegistryTestCases.class).notPassed())
                .isEqualTo(growing);
    }

    static class SuccessOnlyRegistryTestCases extends OnAPool {
        private final Set<CompletionStage<?>> inFlight = ConcurrentHashMap.newKeySet();

        @Override
        public CompletionStage<?> start(Callable<?> task) {
            CompletableFuture<Object> outcome = new CompletableFuture<>();
            inFlight.add(outcome);
            outcome.thenRun(() -> inFlight.remove(outcome));
            return run(task, pool, outcome);
        }
    }

    @Test
    void functionThatKeepsWhatCallbacksThrow_failsTheThrowingCallback() {
        assertThat(ContractRun.of(CallbackLogTestCases.class).notPassed())
                .containsOnly(entry("throwingCallback", "GROWING"));
    }

    static class CallbackLogTestCases extends OnAPool {
        private final Queue<Throwable> thrownByCallbacks = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<?> start(Callable<?> task) {
            return run(task, pool, new LoggingFuture());
        }

        private final class LoggingFuture extends CompletableFuture<Object> {
            @Override
            public CompletableFuture<Object> whenComplete(BiConsumer<? super Object, ? super Throwable> callback) {
                return super.whenComplete((value, failure) -> {
                    try {
                        callback.accept(value, failure);
                    } catch (RuntimeException thrown) {
                        thrownByCallbacks.add(thrown);
                        throw thrown;
                    }
                });
            }
        }
    }

    @Test
    void functionThatRunsTasksOnItsCaller_cannotBeGivenUp() {
        String why = "ABORTED: the thread that submitted the task ran it, so it cannot give it up";

        assertThat(ContractRun.of(DirectTestCases.class).notPassed())
                .containsOnly(entry("cancelledTask", why), entry("timedOutTask", why));
    }

    static class DirectTestCases implements AsyncFunctionRetentionContract {
        @Override
        public CompletionStage<?> start(Callable<?> task) throws Exception {
            return CompletableFuture.completedFuture(task.call());
        }
    }

    @Test
    void functionWithoutFutures_cannotBeGivenUp() {
        String why = "ABORTED: " + StageOnly.class.getName()
                + " has no toCompletableFuture(), which it takes to give up a task";

        assertThat(ContractRun.of(StageOnlyTestCases.class).notPassed())
                .containsOnly(entry("cancelledTask", why), entry("timedOutTask", why));
    }

    static class StageOnlyTestCases extends OnAPool {
        @Override
        public CompletionStage<?> start(Callable<?> task) {
            return run(task, pool, new StageOnly());
        }
    }

    private static final class StageOnly extends CompletableFuture<Object> {
        @Override
        public CompletableFuture<Object> toCompletableFuture() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void functionThatDoesNotRunTheTask_endsTheTest() {
        AsyncFunctionRetentionContract failing =
                task -> CompletableFuture.failedFuture(new IllegalStateException("circuit breaker is open"));
        AsyncFunctionRetentionContract throwing = task -> {
            throw new UnsupportedOperationException("out of order");
        };
        AsyncFunctionRetentionContract absent = task -> null;

        Attempt attempt = new RecordingAttempt();
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> failing.singleFailure(attempt))
                .withMessage("start(..) returned an outcome without having run the task. Let it run each task once.");
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> throwing.largeResult(attempt))
                .withMessage("start(..) threw java.lang.UnsupportedOperationException: out of order without having"
                        + " run the task. Let it run each task once.");
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> absent.exhaustedRetries(attempt))
                .withMessage("start(..) returned null. Let it return the task's outcome.");
    }
}
