package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Failures that nobody hands over, seen where they are made. */
@Slow("waits for attempts whose exceptions nobody hands over, and dumps many heaps")
class RetentionExtensionCaptureTests {
    private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    @AfterAll
    static void shutDown() {
        POOL.shutdownNow();
        KEPT.clear();
    }

    private static class Declined extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static final class HardDeclined extends Declined {
        private static final long serialVersionUID = 1;

        final byte[] response = new byte[100];
    }

    private static final class LateDeclined extends Declined {
        private static final long serialVersionUID = 1;

        final byte[] response;

        LateDeclined() {
            LockSupport.parkNanos(20_000_000);
            response = new byte[100];
        }
    }

    private static final class OtherException extends Exception {
        private static final long serialVersionUID = 1;
    }

    private static void swallow(boolean keeps) {
        try {
            throw new HardDeclined();
        } catch (Declined declined) {
            if (keeps) {
                KEPT.add(declined);
            }
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1, watchThrowables = Declined.class)
    static class SwallowingTestCases {
        @AsyncTask
        void swallows() {
            swallow(false);
        }

        @AsyncTask
        void swallowsAndKeeps() {
            swallow(true);
        }

        @AsyncTask
        void keepsOnAThreadOfAPool() {
            POOL.execute(() -> swallow(true));
        }

        @AsyncTask
        void recovers(Attempt attempt) {
            attempt.observe(CompletableFuture.supplyAsync(
                    () -> {
                        swallow(true);
                        return "recovered";
                    },
                    POOL));
        }

        @NoExceptionRetention(concurrency = 4)
        @AsyncTask
        void keepsSomeAtATime() {
            POOL.execute(() -> swallow(true));
        }

        @NoExceptionRetention(watchThrowables = OtherException.class)
        @AsyncTask
        void keepsWhatIsNotWatched() {
            KEPT.add(new HardDeclined());
            new OtherException();
        }

        @AsyncTask
        void keepsWhatAConstructorMakesAfterTheAttempt() {
            POOL.execute(() -> KEPT.add(new LateDeclined().response));
        }

        @NoExceptionRetention(timeout = "200 ms")
        @AsyncTask
        void makesNone() {}
    }

    private static Launch swallowing;

    /** Not in the initialiser of this class, for whose end the tasks would wait. */
    @BeforeAll
    static void launch() {
        swallowing = Launch.of(SwallowingTestCases.class);
    }

    @Test
    void swallowedAndReleased_passes() {
        assertThat(swallowing.status("swallows")).isEqualTo(Status.SUCCESSFUL);
        assertThat(swallowing.verdict("swallows")).isEqualTo("RELEASED");
        assertThat(swallowing.failures("swallows")).isEqualTo(15);
    }

    @Test
    void swallowedAndKept_fails_whicheverThreadMadeIt() {
        for (String method : List.of("swallowsAndKeeps", "keepsOnAThreadOfAPool", "recovers", "keepsSomeAtATime")) {
            assertThat(swallowing.message(method))
                    .startsWith(
                            method + "() retains the exceptions it throws: 5 of every 5 stay reachable, <size> each.");
        }
    }

    @Test
    void payloadOfOneWhoseConstructorEndsAfterTheAttempt_isWatched() {
        assertThat(swallowing.verdict("keepsWhatAConstructorMakesAfterTheAttempt"))
                .isEqualTo("GROWING");
    }

    @Test
    void otherClasses_areNotWatched() {
        assertThat(swallowing.verdict("keepsWhatIsNotWatched")).isEqualTo("RELEASED");
    }

    @Test
    void taskThatMakesNone_provesNothing() {
        assertThat(swallowing.message("makesNone"))
                .startsWith(
                        """
                        makesNone() proves nothing: attempt 1 neither threw, nor observed an outcome, nor tracked a Throwable, nor was one of the chosen ones made, within 200 ms.

                          Throw, hand over the outcome with observe(..), or the swallowed exception with track(..). Or is it of another class or package than watchThrowables and watchPackages name?
                        """);
    }

    @Quick
    static class PackagesTestCases {
        @NoExceptionRetention(watchPackages = "io.github.retainless")
        @AsyncTask
        void keeps() {
            swallow(true);
        }

        @NoExceptionRetention(watchPackages = {"com.acme", "io.github.retainless."})
        @AsyncTask
        void misspelt() {
            swallow(true);
        }

        @NoExceptionRetention(watchPackages = "")
        @AsyncTask
        void empty() {
            swallow(true);
        }

        @AsyncTask
        void byDefault() {
            swallow(true);
        }
    }

    @Test
    void packages_areWatched() {
        Launch launch = Launch.with(
                "retainless.watchPackages.default", "com.acme , io.github.retainless", PackagesTestCases.class);

        assertThat(launch.verdict("keeps")).isEqualTo("GROWING");
        assertThat(launch.verdict("byDefault")).isEqualTo("GROWING");
        assertThat(launch.failure("misspelt"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("@NoExceptionRetention(watchPackages) on PackagesTestCases.misspelt():"
                        + " \"io.github.retainless.\" is not the name of a Java package: write it like \"com.acme\","
                        + " without blanks, wildcards or a dot at the end; packages below it are included");
        assertThat(launch.failure("empty"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageStartingWith(
                        "@NoExceptionRetention(watchPackages) on PackagesTestCases.empty(): \"\" is not");
    }

    /** Asks for what this JVM cannot do, and then for what it can. */
    static final class WithoutAgent {
        private WithoutAgent() {}

        public static void main(String[] arguments) {
            System.out.println(RetentionExperiment.of((RetentionExperiment.Action) () -> swallow(true))
                    .watchThrowables(Declined.class)
                    .failures(5)
                    .run());
            System.out.println(RetentionExperiment.of((RetentionExperiment.Action) () -> {
                        throw new HardDeclined();
                    })
                    .failures(5)
                    .run());
        }
    }

    @Test
    void withoutTheAgent_provesNothing_andOtherExperimentsGoOn() {
        String withoutAgent = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("byte-buddy-agent"))
                .collect(Collectors.joining(File.pathSeparator));

        ChildJvm.Result result = ChildJvm.run(withoutAgent, List.of(), WithoutAgent.class);

        assertThat(result.out().lines())
                .containsExactly(
                        "the task: UNDECIDED, the chosen failures cannot be seen where they are made:"
                                + " byte-buddy-agent is not on the class path",
                        "the task: RELEASED, 0 of 20 retained, 0 B");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void packagesOfAnExperiment_areChecked() {
        RetentionExperiment experiment = RetentionExperiment.of((RetentionExperiment.Action) () -> swallow(false));

        assertThatThrownBy(() -> experiment.watchPackages("com.acme.*"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"com.acme.*\" is not the name of a Java package");
        assertThat(experiment
                        .watchPackages("io.github.retainless")
                        .failures(5)
                        .rounds(3)
                        .run()
                        .verdict())
                .isEqualTo(Verdict.RELEASED);
    }
}
