package io.github.retainless.contract;

import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Verdict;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An executor to put to the contract.
 *
 * @param kind whose it is
 * @param name what to call it
 * @param factory makes one
 * @param meant the scenario that is after what it keeps; empty if it keeps nothing in particular
 * @param caught the scenarios that it must fail, each with its verdict; it must pass all others
 */
public record ContractSubject(
        Kind kind, String name, Supplier<ExecutorService> factory, String meant, Map<String, Verdict> caught) {
    /** Whose executor it is. */
    public enum Kind {
        JDK,
        FIXED,
        LEAKY,
        MUTANT
    }

    /** The leaky executor of the seed story. It is an example, which only the lab has on its class path. */
    public static ContractSubject leaky(Supplier<ExecutorService> factory) {
        return new ContractSubject(
                Kind.LEAKY, "LeakyAsyncExecutor", factory, "", Mutant.TASKS_THAT_DID_NOT_SUCCEED.caught());
    }

    /** All others, over these executors of the JDK. */
    public static List<ContractSubject> all(Collection<JdkExecutor> jdk) {
        Stream<ContractSubject> plain = jdk.stream()
                .map(executor -> new ContractSubject(Kind.JDK, executor.name(), executor::create, "", Map.of()));
        Stream<ContractSubject> fixed = jdk.stream()
                .map(executor -> new ContractSubject(
                        Kind.FIXED,
                        "FixedAsyncExecutor over " + executor,
                        () -> FixedAsyncExecutor.over(executor.create()),
                        "",
                        Map.of()));
        Stream<ContractSubject> mutants = Arrays.stream(Mutant.values())
                .map(mutant -> new ContractSubject(
                        Kind.MUTANT, mutant.keeps(), mutant::create, mutant.scenario(), mutant.caught()));
        return Stream.of(plain, fixed, mutants).flatMap(subjects -> subjects).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
