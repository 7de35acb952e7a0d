package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

class RetentionExtensionConfigurationTests {
    private static final AtomicInteger INVOCATIONS = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"failures, 7, 38", "rounds, 5, 260", "warmup, 3, 203", "warmup, 0, 200"})
    void parameter_setsTheDefault(String attribute, String value, int attempts) {
        INVOCATIONS.set(0);
        Launch launch = Launch.with("retainless." + attribute + ".default", value, UnsetTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(INVOCATIONS).hasValue(attempts);
    }

    static class UnsetTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void successTask(Attempt attempt) {
            INVOCATIONS.incrementAndGet();
            attempt.track(new Object());
        }
    }

    @Test
    void parameterForTheConcurrency_makesAttemptsAtTheSameTime() {
        ThreadsTestCases.NAMES.clear();
        Launch.with(Map.of("retainless.concurrency.default", "3"), ThreadsTestCases.class)
                .tests()
                .assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(ThreadsTestCases.NAMES).containsExactlyInAnyOrder("retainless-1", "retainless-2", "retainless-3");
    }

    @NoExceptionRetention(failures = 6, rounds = 3, warmup = 0)
    static class ThreadsTestCases {
        static final Set<String> NAMES = ConcurrentHashMap.newKeySet();
        private final CyclicBarrier together = new CyclicBarrier(3);

        @AsyncTask(expect = Expect.SUCCESS)
        void together(Attempt attempt) throws Exception {
            together.await(10, TimeUnit.SECONDS);
            NAMES.add(Thread.currentThread().getName());
            attempt.track(new Object());
        }
    }

    @Test
    void parameterForTheTimeout_endsAttemptsThen() {
        Launch launch = Launch.with("retainless.timeout.default", " 150 ms ", HangingTestCases.class);
        assertThat(launch.message("hangs"))
                .startsWith(
                        """
                        hangs() proves nothing: attempt 1 was still running after 150 ms.

                          thread "retainless-1" TIMED_WAITING
                            at\s""");
        assertThat(launch.message("hangsShorter"))
                .startsWith("hangsShorter() proves nothing: attempt 1 was still running after 1 ms.");
    }

    static class HangingTestCases {
        @AsyncTask
        void hangs() throws InterruptedException {
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "1000us")
        void hangsShorter() throws InterruptedException {
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    @Slow("follows growth up to the budget")
    @Test
    void parameterForTheBudget_limitsHowFarGrowthIsFollowed() {
        Launch launch = Launch.with(
                Map.of(
                        "retainless.budget.default", "2",
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent"),
                GrowingTestCases.class);
        assertThat(launch.failures("grows")).isCloseTo(2 * 3 * 5, within(2 * 5));
        assertThat(launch.failures("growsFurther")).isCloseTo(4 * 3 * 5, within(2 * 5));
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 0)
    static class GrowingTestCases {
        private final Set<Throwable> kept = ConcurrentHashMap.newKeySet();

        @AsyncTask
        void grows() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }

        @AsyncTask
        @NoExceptionRetention(budget = 4)
        void growsFurther() {
            grows();
        }
    }

    @Slow("launches three classes, and explains what each keeps")
    @Test
    void parametersForTheLimits_limitWhatMayBeKept() {
        Launch few = limited("retainless.maxRetained.default", "1", AnyNumberTestCases.class);
        assertThat(few.message("keepsTwo"))
                .startsWith("keepsTwo() retains up to 2 of the exceptions it throws; at most 1 may be.");
        assertThat(few.status("mayKeepAnyNumber")).isEqualTo(Status.SUCCESSFUL);

        Launch light = limited("retainless.maxFootprint.default", "10 B", AnyFootprintTestCases.class);
        assertThat(light.message("keepsTwo"))
                .startsWith("keepsTwo() retains up to <size> through the exceptions it throws; at most <size> may be.");
        assertThat(light.status("mayWeigh")).isEqualTo(Status.SUCCESSFUL);

        Launch thin = limited("retainless.maxFailureSize.default", "10 B", AnyWeightTestCases.class);
        assertThat(thin.message("keepsTwo"))
                .startsWith("keepsTwo() throws exceptions of up to <size>; at most <size> may be.");
        assertThat(thin.status("mayThrowLargeOnes")).isEqualTo(Status.SUCCESSFUL);
    }

    private static Launch limited(String parameter, String value, Class<?> fixture) {
        return Launch.with(Map.of(parameter, value, ConfigurationKeys.HEAP_DUMP.name(), "off"), fixture);
    }

    @Quick
    abstract static class KeepingTwo {
        private final Throwable[] last = new Throwable[2];
        private int attempts;

        final void fail() {
            IllegalStateException declined = new IllegalStateException("declined");
            if (attempts % 5 < 2) {
                last[attempts % 5] = declined;
            }
            attempts++;
            throw declined;
        }

        @AsyncTask
        void keepsTwo() {
            fail();
        }
    }

    static class AnyNumberTestCases extends KeepingTwo {
        @AsyncTask
        @NoExceptionRetention(maxRetained = NoExceptionRetention.UNBOUNDED)
        void mayKeepAnyNumber() {
            fail();
        }
    }

    static class AnyFootprintTestCases extends KeepingTwo {
        @AsyncTask
        @NoExceptionRetention(maxFootprint = "1GiB")
        void mayWeigh() {
            fail();
        }
    }

    static class AnyWeightTestCases extends KeepingTwo {
        @AsyncTask
        @NoExceptionRetention(maxFailureSize = "1GiB")
        void mayThrowLargeOnes() {
            fail();
        }
    }

    @Test
    void annotation_beatsTheParameter() {
        INVOCATIONS.set(0);
        Launch launch = Launch.with(
                Map.of(
                        "retainless.failures.default", "100",
                        "retainless.rounds.default", "100",
                        "retainless.warmup.default", "5"),
                SetTestCases.class);
        assertThat(launch.failures("successTask")).isEqualTo(4 * 3);
        assertThat(INVOCATIONS).hasValue(5 + 4 * 3);
    }

    @NoExceptionRetention(failures = 4, rounds = 3)
    static class SetTestCases extends UnsetTestCases {}

    @Test
    void systemProperty_isAParameterToo() {
        System.setProperty("retainless.failures.default", "6");
        System.setProperty(ConfigurationKeys.REPORT_DIRECTORY.name(), Launch.REPORTS);
        INVOCATIONS.set(0);
        try {
            EngineTestKit.engine("junit-jupiter")
                    .enableImplicitConfigurationParameters(true)
                    .selectors(DiscoverySelectors.selectClass(UnsetTestCases.class))
                    .execute()
                    .testEvents()
                    .assertStatistics(stats -> stats.succeeded(1));
        } finally {
            System.clearProperty("retainless.failures.default");
            System.clearProperty(ConfigurationKeys.REPORT_DIRECTORY.name());
        }
        assertThat(INVOCATIONS).hasValue(10 + 6 * 4);
    }

    @Test
    void modeEnabled_runsTasks() {
        assertThat(Launch.with(ConfigurationKeys.MODE.name(), "enabled", Launch.SoundTestCases.class)
                        .status("sound"))
                .isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void modeDisabled_skipsTasksOnlyAndSaysWhy() {
        INVOCATIONS.set(0);
        Launch launch = Launch.with(ConfigurationKeys.MODE.name(), "disabled", MixedTestCases.class);
        launch.tests().assertStatistics(stats -> stats.skipped(1).started(1).succeeded(1));
        assertThat(launch.skipReason("task")).isEqualTo("retainless.mode = disabled");
        assertThat(INVOCATIONS).hasValue(0);
    }

    @Quick
    static class MixedTestCases {
        @AsyncTask
        void task() {
            INVOCATIONS.incrementAndGet();
        }

        @Test
        void test() {}
    }

    @Test
    void modeDisabledOnDebug_runsTasksWithoutADebugger() {
        assertThat(Launch.with(ConfigurationKeys.MODE.name(), "disabled_on_debug", Launch.SoundTestCases.class)
                        .status("sound"))
                .isEqualTo(Status.SUCCESSFUL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "ENABLED", "true"})
    void wrongMode_failsTheTasks(String mode) {
        INVOCATIONS.set(0);
        Launch launch = Launch.with(ConfigurationKeys.MODE.name(), mode, MixedTestCases.class);
        assertThat(launch.failure("task"))
                .hasMessageEndingWith("configuration parameter retainless.mode: \"" + mode
                        + "\" is not a mode: write enabled, disabled, disabled_on_debug");
        assertThat(launch.status("test")).isEqualTo(Status.SUCCESSFUL);
        assertThat(INVOCATIONS).hasValue(0);
    }

    @Test
    void wrongAttribute_failsBeforeTheFirstAttemptAndSaysWhatIsRight() {
        INVOCATIONS.set(0);
        Launch launch = Launch.of(WrongAttributesTestCases.class);
        String on = "@NoExceptionRetention(%s) on WrongAttributesTestCases.%s(): ";
        Map.of(
                        "failures", "failures must be from 1 to 1,000,000, but was 0",
                        "rounds", "rounds must be from 3 to 1,000, but was 2",
                        "warmup", "warmup must be from 0 to 1,000,000, but was -1",
                        "concurrency", "concurrency must be from 1 to 1,024, but was 1,025",
                        "budget", "budget must be from 1 to 1,000, but was 0",
                        "maxRetained", "maxRetained must be 0 or more, or UNBOUNDED, but was -1",
                        "maxFootprint",
                                "\"64 KB\" is not a size: write a whole number and B, KiB, MiB or GiB, for example"
                                        + " \"64 KiB\"",
                        "timeout",
                                "\"10 seconds\" is not a duration: write a whole number and ns, us, ms, s, m or h, for"
                                        + " example \"10 s\"",
                        "timeoutRange", "timeout must be more than 0 and at most an hour, but was 2 h",
                        "timeoutZero", "timeout must be more than 0 and at most an hour, but was 0 s")
                .forEach((method, message) -> assertThat(launch.failure(method))
                        .isExactlyInstanceOf(ExtensionConfigurationException.class)
                        .hasMessage(String.format(on, method.replaceAll("Range|Zero", ""), method) + message));
        launch.tests().assertStatistics(stats -> stats.started(10).failed(10));
        assertThat(INVOCATIONS).hasValue(0);
    }

    static class WrongAttributesTestCases {
        @AsyncTask
        @NoExceptionRetention(failures = 0)
        void failures() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(rounds = 2)
        void rounds() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(warmup = -1)
        void warmup() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(concurrency = 1025)
        void concurrency() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(budget = 0)
        void budget() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = -1)
        void maxRetained() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(maxFootprint = "64 KB")
        void maxFootprint() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "10 seconds")
        void timeout() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "2 h")
        void timeoutRange() {
            INVOCATIONS.incrementAndGet();
        }

        @AsyncTask
        @NoExceptionRetention(timeout = "0 s")
        void timeoutZero() {
            INVOCATIONS.incrementAndGet();
        }
    }

    @Test
    void wrongAttributeOfAClass_namesTheTestClass() {
        INVOCATIONS.set(0);
        assertThat(Launch.of(WrongSubclassTestCases.class).failure("task"))
                .hasMessage(
                        "@NoExceptionRetention(rounds) on WrongSubclassTestCases: rounds must be from 3 to 1,000, but was 1");
        assertThat(INVOCATIONS).hasValue(0);
    }

    @NoExceptionRetention(rounds = 1)
    abstract static class WrongClass {
        @AsyncTask
        void task() {
            INVOCATIONS.incrementAndGet();
        }
    }

    static class WrongSubclassTestCases extends WrongClass {}

    @Test
    void wrongFailureSize_failsBeforeTheFirstAttemptAndSaysWhatIsRight() {
        INVOCATIONS.set(0);
        assertThat(Launch.of(WrongFailureSizeTestCases.class).failure("task"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "@NoExceptionRetention(maxFailureSize) on WrongFailureSizeTestCases.task(): \"4 kB\" is not a size:"
                                + " write a whole number and B, KiB, MiB or GiB, for example \"64 KiB\"");
        assertThat(INVOCATIONS).hasValue(0);
    }

    static class WrongFailureSizeTestCases {
        @AsyncTask
        @NoExceptionRetention(maxFailureSize = "4 kB")
        void task() {
            INVOCATIONS.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "failures | 1_000 | \"1_000\" is not a whole number",
                "failures | ~~ | \"\" is not a whole number",
                "failures | 1000001 | failures must be from 1 to 1,000,000, but was 1,000,001",
                "rounds | four | \"four\" is not a whole number",
                "rounds | 99999999999 | 99999999999 is too large",
                "warmup | -1 | warmup must be from 0 to 1,000,000, but was -1",
                "concurrency | 0 | concurrency must be from 1 to 1,024, but was 0",
                "budget | 1001 | budget must be from 1 to 1,000, but was 1,001",
                "maxRetained | -2 | maxRetained must be 0 or more, or UNBOUNDED, but was -2",
                "maxFootprint | 64 | \"64\" is not a size: write a whole number and B, KiB, MiB or GiB, for example"
                        + " \"64 KiB\"",
                "maxFailureSize | -1 B | \"-1 B\" is not a size: write a whole number and B, KiB, MiB or GiB, for example"
                        + " \"64 KiB\"",
                "timeout | 1 h 1 s | \"1 h 1 s\" is not a duration: write a whole number and ns, us, ms, s, m or h,"
                        + " for example \"10 s\"",
                "timeout | 61 m | timeout must be more than 0 and at most an hour, but was 61 m",
            })
    void wrongParameter_failsBeforeTheFirstAttemptAndSaysWhatIsRight(String attribute, String value, String message) {
        INVOCATIONS.set(0);
        String parameter = "retainless." + attribute + ".default";
        Launch launch = Launch.with(parameter, value, UnsetTestCases.class);
        assertThat(launch.failure("successTask"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("configuration parameter " + parameter + ": " + message);
        assertThat(INVOCATIONS).hasValue(0);
    }
}
