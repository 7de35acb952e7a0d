package io.github.retainless;

import io.github.retainless.verdict.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.Event;

/** What came of the scenarios of a contract. */
final class ContractRun {
    /** What is left grows for two seconds before it is called growing: time for other scenarios. */
    private static final Map<String, String> AT_THE_SAME_TIME = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "4");

    private final Map<String, String> outcomes = new TreeMap<>();

    private ContractRun(Launch launch) {
        launch.tests().finished().stream().forEach(this::add);
    }

    static ContractRun of(Supplier<? extends Executor> executors) {
        ContractTestCases.executors = executors;
        return new ContractRun(Launch.with(AT_THE_SAME_TIME, ContractTestCases.class));
    }

    /** By scenario: RELEASED if it passed; the verdict if it failed for that; otherwise the message. */
    Map<String, String> outcomes() {
        return outcomes;
    }

    /** The scenarios that did not pass. */
    Map<String, String> notPassed() {
        Map<String, String> notPassed = new TreeMap<>(outcomes);
        notPassed.values().removeIf(Verdict.RELEASED.name()::equals);
        return notPassed;
    }

    private void add(Event event) {
        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
        String scenario = event.getTestDescriptor().getDisplayName().replaceFirst("\\(.*", "");
        outcomes.put(scenario, result.getThrowable().map(ContractRun::why).orElse(Verdict.RELEASED.name()));
    }

    private static String why(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return java.util.stream.Stream.of(Verdict.GROWING, Verdict.BOUNDED)
                .map(Verdict::name)
                .filter(verdict -> message.matches("(?s).* retains .*  " + verdict + "\\b.*"))
                .findFirst()
                .orElse(failure.getClass().getSimpleName() + ": " + message);
    }
}
