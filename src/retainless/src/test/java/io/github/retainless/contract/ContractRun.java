package io.github.retainless.contract;

import io.github.retainless.Launch;
import io.github.retainless.experiment.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.Event;

/**
 * What came of the scenarios of a contract.
 *
 * @param outcomes by scenario: the verdict, or why there is none
 */
record ContractRun(Map<String, String> outcomes) {
    /** What grows is watched for two seconds at least: time for other scenarios. */
    private static final Map<String, String> AT_THE_SAME_TIME = Map.of(
            "junit.jupiter.execution.parallel.enabled",
            "true",
            "junit.jupiter.execution.parallel.mode.default",
            "concurrent",
            "junit.jupiter.execution.parallel.config.strategy",
            "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism",
            "13",
            // What the contract finds is asked for, not who holds it.
            "retainless.heapdump",
            "off");

    static ContractRun of(Class<?> contract) {
        Map<String, String> outcomes = new TreeMap<>();
        Launch.with(AT_THE_SAME_TIME, contract).tests().finished().stream()
                .forEach(event -> outcomes.put(scenario(event), outcome(event)));
        return new ContractRun(outcomes);
    }

    static ContractRun of(Supplier<? extends Executor> executors) {
        AnyExecutorTestCases.executors = executors;
        return of(AnyExecutorTestCases.class);
    }

    static class AnyExecutorTestCases implements ExceptionRetentionContract {
        static volatile Supplier<? extends Executor> executors;

        @Override
        public Executor createExecutor() {
            return executors.get();
        }
    }

    /** The scenarios that were not passed. */
    Map<String, String> notPassed() {
        Map<String, String> notPassed = new TreeMap<>(outcomes);
        notPassed.values().removeIf(Verdict.RELEASED.name()::equals);
        return notPassed;
    }

    private static String scenario(Event event) {
        return event.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", "");
    }

    private static String outcome(Event event) {
        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
        if (result.getStatus() == Status.SUCCESSFUL) {
            return Verdict.RELEASED.name();
        }
        String message = String.valueOf(result.getThrowable().orElseThrow().getMessage());
        return Stream.of(Verdict.GROWING, Verdict.BOUNDED)
                .map(Verdict::name)
                .filter(verdict ->
                        message.matches("(?s)" + scenario(event) + "\\(\\) retains .* {3}" + verdict + "\\b.*"))
                .findFirst()
                .orElse(result.getStatus() + ": " + message);
    }
}
