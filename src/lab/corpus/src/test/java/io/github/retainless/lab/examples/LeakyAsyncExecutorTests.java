package io.github.retainless.lab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.examples.seedstory.LeakyAsyncExecutor;
import io.github.retainless.executor.FailureScenario;
import io.github.retainless.executor.Watched;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LeakyAsyncExecutorTests {
    static Stream<FailureScenario> scenariosThatLeak() {
        return Stream.of(FailureScenario.values()).filter(FailureScenario::leavesItsFailureInTheFuture);
    }

    static Stream<LeakyAsyncExecutor> executors() {
        return Stream.of(
                LeakyAsyncExecutor.eventLoop(),
                LeakyAsyncExecutor.fixedPool(3),
                LeakyAsyncExecutor.over(Executors.newCachedThreadPool()));
    }

    @ParameterizedTest
    @MethodSource("scenariosThatLeak")
    void failures_stayReachable_fromTheExecutorAlone(FailureScenario scenario) throws Exception {
        LeakyAsyncExecutor executor = LeakyAsyncExecutor.eventLoop();
        Watched watched = new Watched();

        play(scenario, executor, watched);

        watched.assertAllStay();
        assertThat(watched.size()).isPositive();
        Reference.reachabilityFence(executor);
    }

    @ParameterizedTest
    @MethodSource("scenariosThatLeak")
    void failures_areLetGo_withTheExecutor(FailureScenario scenario) throws Exception {
        Watched watched = new Watched();

        playOnAnExecutorOfItsOwn(scenario, watched);

        ExecutorService another = Executors.newSingleThreadExecutor();
        watched.awaitReleased(another);
        another.shutdown();
    }

    @ParameterizedTest
    @MethodSource("executors")
    void inFlight_countsFailures_butNoResults(LeakyAsyncExecutor executor) throws Exception {
        for (int i = 0; i < 10; i++) {
            executor.submit(() -> "result").get();
            executor.submit(() -> {}).get();
        }
        assertThat(executor.inFlight()).isZero();

        Watched watched = new Watched();
        play(FailureScenario.DELIVERED_FUTURE_KEPT, executor, watched);
        assertThat(executor.inFlight()).isEqualTo(watched.size() / 2);
        executor.shutdown();
    }

    private static void playOnAnExecutorOfItsOwn(FailureScenario scenario, Watched watched) throws Exception {
        LeakyAsyncExecutor executor = LeakyAsyncExecutor.eventLoop();
        play(scenario, executor, watched);
        executor.shutdown();
    }

    private static void play(FailureScenario scenario, ExecutorService executor, Watched watched) throws Exception {
        scenario.play(executor, watched, new ArrayList<>());
    }
}
