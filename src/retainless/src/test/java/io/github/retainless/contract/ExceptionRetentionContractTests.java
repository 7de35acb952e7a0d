package io.github.retainless.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

class ExceptionRetentionContractTests {
    /** Fail every scenario together, besides one that passes all. */
    private static final Set<String> FEW = Set.of(
            "FixedAsyncExecutor over FORK_JOIN_POOL",
            Mutant.TASKS_THAT_DID_NOT_SUCCEED.keeps(),
            Mutant.LAST_FAILURE.keeps(),
            Mutant.TASKS_OF_TASKS.keeps(),
            Mutant.TASKS_IT_WAS_GIVEN.keeps(),
            Mutant.RESULTS.keeps());

    /** The lab's program {@code contract} puts all of them to the contract. */
    static List<ContractSubject> subjects() {
        return ContractSubject.all(JdkExecutor.ofThisJdk()).stream()
                .filter(subject -> FEW.contains(subject.name()))
                .toList();
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @ParameterizedTest
    @MethodSource("subjects")
    void subject_failsTheScenariosThatAreAfterWhatItKeeps_andNoOthers(ContractSubject subject) {
        ContractRun run = ContractRun.of(subject.factory());

        assertThat(run.outcomes()).containsOnlyKeys(ContractTable.SCENARIOS);
        assertThat(run.notPassed()).isEqualTo(ContractTable.texts(subject.caught()));
    }

    @Test
    void subjects_failEveryScenarioTogether() {
        assertThat(subjects()).hasSameSizeAs(FEW);
        assertThat(subjects().stream()
                        .flatMap(subject -> subject.caught().keySet().stream())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ContractTable.SCENARIOS);
    }

    @Test
    void everyScenario_isInTheTable_andCatchesSomething() {
        List<String> scenarios = Arrays.stream(ExceptionRetentionContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(AsyncTask.class))
                .map(Method::getName)
                .toList();

        assertThat(ContractTable.SCENARIOS).containsExactlyInAnyOrderElementsOf(scenarios);
        assertThat(Mutant.values()).allMatch(mutant -> mutant.caught().containsKey(mutant.scenario()));
        assertThat(Arrays.stream(Mutant.values()).flatMap(mutant -> mutant.caught().keySet().stream()))
                .containsAll(scenarios);
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void executorThatIsNoService_isNotCancelledTimedOutOrShutDown() {
        ContractRun run = ContractRun.of(ThreadPerTaskExecutor::new);

        String none = ", and " + ThreadPerTaskExecutor.class.getName() + " is none";
        assertThat(run.notPassed())
                .containsOnly(
                        entry("cancelledTask", "ABORTED: only an ExecutorService can cancel a task" + none),
                        entry("timedOutTask", "ABORTED: only an ExecutorService can time out" + none),
                        entry("rejectedTask", "ABORTED: only an ExecutorService can be shut down" + none));
    }

    private static final class ThreadPerTaskExecutor implements Executor {
        @Override
        public void execute(Runnable task) {
            new Thread(task).start();
        }
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void executorThatKeepsItsCommands_isCaughtWithoutBeingAService() {
        ContractRun run = ContractRun.of(KeepingExecutor::new);

        assertThat(run.notPassed())
                .containsAllEntriesOf(Map.of(
                        "exhaustedRetries", "GROWING",
                        "throwingCallback", "GROWING",
                        "capturedArgument", "GROWING",
                        "sleepingTask", "GROWING",
                        "largeResult", "GROWING"))
                .hasSize(5 + 3);
    }

    private static final class KeepingExecutor implements Executor {
        private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

        @Override
        public void execute(Runnable command) {
            commands.add(command);
            new Thread(command).start();
        }
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void serviceThatRunsTasksOnItsCaller_cannotBeGivenUp() {
        ContractRun run = ContractRun.of(DirectService::new);

        String why = "ABORTED: the thread that submitted the task ran it, so it cannot give it up";
        assertThat(run.notPassed()).containsOnly(entry("cancelledTask", why), entry("timedOutTask", why));
    }

    /** As Guava's direct executor service. */
    private static class DirectService extends AbstractExecutorService {
        private volatile boolean isShutdown;

        @Override
        public void execute(Runnable command) {
            if (isShutdown) {
                throw new RejectedExecutionException("shut down");
            }
            command.run();
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            isShutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void serviceThatDoesNotReject_isNotSaidToLetRejectedTasksGo() {
        ContractRun run = ContractRun.of(ForkJoinPool::commonPool);

        assertThat(run.notPassed())
                .containsOnly(entry(
                        "rejectedTask",
                        "ABORTED: nothing was rejected: java.util.concurrent.ForkJoinPool takes tasks after"
                                + " shutdown()"));
    }

    @Test
    void executorThatDoesNotTakeTasks_endsTheTest() {
        ExceptionRetentionContract contract = new HeavyContract();
        Attempt attempt = new RecordingAttempt();
        Executor refusing = command -> {
            throw new UnsupportedOperationException("out of order");
        };
        Executor absentMinded = new DirectService() {
            @Override
            public <T> Future<T> submit(Callable<T> task) {
                return null;
            }
        };

        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> contract.exhaustedRetries(attempt, refusing))
                .withMessage("the executor threw java.lang.UnsupportedOperationException: out of order instead of"
                        + " taking a task. The contract needs one that takes eight tasks at a time.");
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> contract.timedOutTask(attempt, absentMinded))
                .withMessage("the executor's submit(..) returned null. An ExecutorService returns a Future for each"
                        + " task it takes.");
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> contract.rejectedTask(attempt, absentMinded))
                .withMessageStartingWith("nothing was rejected: ");
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void settingsOfTheClass_beatThoseOfTheContract() {
        assertThat(ContractRun.of(LenientTestCases.class).notPassed()).isEmpty();
    }

    @NoExceptionRetention(failures = 20, maxRetained = 1)
    static class LenientTestCases implements ExceptionRetentionContract {
        @Override
        public ExecutorService createExecutor() {
            return Mutant.LAST_FAILURE.create();
        }
    }

    @Test
    void payload_hasTheSizeThatIsAskedFor() {
        RecordingAttempt attempt = new RecordingAttempt();

        assertThatThrownBy(() -> new HeavyContract().singleFailure(attempt));

        assertThat(attempt.tracked())
                .hasSize(2)
                .first(InstanceOfAssertFactories.BYTE_ARRAY)
                .hasSize(1 << 20);
    }

    private static final class HeavyContract implements ExceptionRetentionContract {
        @Override
        public Executor createExecutor() {
            return Runnable::run;
        }

        @Override
        public int payloadBytes() {
            return 1 << 20;
        }
    }

    @Slow("makes the thirteen experiments of the contract each time")
    @Test
    void payloadOfNoSize_failsEveryScenario() {
        ContractRun run = ContractRun.of(EmptyPayloadTestCases.class);

        assertThat(run.outcomes()).hasSameSizeAs(ContractTable.SCENARIOS);
        assertThat(run.outcomes().values())
                .containsOnly("FAILED: payloadBytes() must be from 1 to 1,073,741,824, but was 0");
    }

    static class EmptyPayloadTestCases implements ExceptionRetentionContract {
        @Override
        public ExecutorService createExecutor() {
            return Executors.newSingleThreadExecutor();
        }

        @Override
        public int payloadBytes() {
            return 0;
        }
    }

    @Test
    void manual_showsTheTable() throws IOException {
        assertThat(Files.readString(Path.of("../docs/executors.md")))
                .contains(ContractTable.expected().markdown());
    }

    @Test
    void fixedScheduledExecutor_passes() {
        assertThat(ContractRun.of(() -> FixedAsyncExecutor.scheduledPool(4)).notPassed())
                .isEmpty();
    }
}
