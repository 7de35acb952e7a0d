package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.contract.JdkExecutor;
import io.github.retainless.contract.Mutant;
import io.github.retainless.executor.FixedAsyncExecutor;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionRetentionContractTests {
    static Set<JdkExecutor> jdkExecutors() {
        return JdkExecutor.ofThisJdk();
    }

    @ParameterizedTest
    @MethodSource("jdkExecutors")
    void jdkExecutor_passesAllScenarios(JdkExecutor executor) {
        ContractRun run = ContractRun.of(executor::create);

        assertThat(run.outcomes()).hasSize(13);
        assertThat(run.notPassed()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jdkExecutors")
    void fixedExecutor_passesAllScenarios(JdkExecutor delegate) {
        ContractRun run = ContractRun.of(() -> FixedAsyncExecutor.over(delegate.create()));

        assertThat(run.outcomes()).hasSize(13);
        assertThat(run.notPassed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void mutant_failsTheScenariosThatAreAfterIt_andNoOthers(Mutant mutant) {
        ContractRun run = ContractRun.of(mutant::create);

        Map<String, String> caught = new TreeMap<>();
        mutant.caught().forEach((scenario, verdict) -> caught.put(scenario, verdict.name()));
        assertThat(run.notPassed()).isEqualTo(caught).containsKey(mutant.scenario());
    }
}
