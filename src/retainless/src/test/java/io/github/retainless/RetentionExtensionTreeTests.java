package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What a failed test says about who keeps its failures. */
@Slow("dumps the heap in every test")
class RetentionExtensionTreeTests {
    private static Launch launch;

    @BeforeAll
    static void launchAll() {
        // At the same time, since most of an experiment is waiting.
        launch = Launch.with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "5"),
                TestCases.class);
    }

    @AfterAll
    static void letGo() {
        TestCases.all.clear();
        TestCases.last = null;
    }

    /** What follows the table, as a console without Unicode would show it. */
    private static String explanation(String method) {
        String message = launch.message(method);
        int table = message.indexOf("round   failures");
        return message.substring(message.indexOf("\n\n", table), message.lastIndexOf("\n\n"))
                .strip()
                .replace("\u251c\u2500", "|-")
                .replace("\u2570\u2192", "`->")
                .replace("\u2502", "|")
                .replace(" \u00b7", ",");
    }

    @NoExceptionRetention(failures = 10, rounds = 3, warmup = 2, budget = 1)
    static class TestCases {
        private static final List<Throwable> all = new ArrayList<>();
        private static Throwable last;

        private final List<Throwable> failures = new ArrayList<>();
        private final List<Runnable> retries = new ArrayList<>();

        /** As slow as it takes for the verdict to need no second look. */
        @SuppressWarnings("serial")
        private final class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;

            Declined() throws InterruptedException {
                super(null, null, true, false);
                Thread.sleep(60);
            }

            boolean isFirst() {
                return failures.isEmpty();
            }
        }

        private final class Retry implements Runnable {
            private final Declined declined;

            private Retry(Declined declined) {
                this.declined = declined;
            }

            @Override
            public void run() {
                failures.remove(declined);
            }
        }

        @AsyncTask
        void field() throws Exception {
            Declined declined = new Declined();
            failures.add(declined);
            throw declined;
        }

        @AsyncTask
        void innerClass() throws Exception {
            Declined declined = new Declined();
            retries.add(new Retry(declined));
            throw declined;
        }

        @AsyncTask
        void staticField() throws Exception {
            Declined declined = new Declined();
            all.add(declined);
            throw declined;
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = 0)
        void lastError() throws Exception {
            Declined declined = new Declined();
            last = declined;
            throw declined;
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = 0)
        void clean() throws Exception {
            throw new Declined();
        }
    }

    @Test
    void fieldOfTheTest_isTheTests() {
        assertThat(explanation("field"))
                .isEqualTo(
                        """
                        Grew to 40 in 40 failures; a limit above that was not looked for.

                          40 of 40 retained through
                          |- instance of io.github.retainless.RetentionExtensionTreeTests.TestCases
                          |- RetentionExtensionTreeTests.TestCases.failures : ArrayList
                          |- ArrayList[*]
                          `-> io.github.retainless.RetentionExtensionTreeTests.TestCases.Declined   rest <size>

                          Likely: the test itself keeps the failures. Keep their messages only, or empty it in every
                          attempt: RetentionExtensionTreeTests.TestCases.failures.""");
    }

    @Test
    void innerClassesOfTheTest_areStepsOfTheirOwn() {
        assertThat(explanation("innerClass"))
                .isEqualTo(
                        """
                        Grew to 40 in 40 failures; a limit above that was not looked for.

                          40 of 40 retained through
                          |- instance of io.github.retainless.RetentionExtensionTreeTests.TestCases
                          |- RetentionExtensionTreeTests.TestCases.retries : ArrayList
                          |- ArrayList[*]                                  : RetentionExtensionTreeTests.TestCases.Retry
                          |- RetentionExtensionTreeTests.TestCases.Retry.declined
                          `-> io.github.retainless.RetentionExtensionTreeTests.TestCases.Declined   rest <size>""");
    }

    @Test
    void staticFieldOfTheTest_isAStaticField() {
        assertThat(explanation("staticField"))
                .isEqualTo(
                        """
                        Grew to 40 in 40 failures; a limit above that was not looked for.

                          40 of 40 retained through
                          |- static io.github.retainless.RetentionExtensionTreeTests.TestCases.all : ArrayList
                          |- ArrayList[*]
                          `-> io.github.retainless.RetentionExtensionTreeTests.TestCases.Declined   rest <size>

                          Likely: a static field keeps what it leads to for as long as its class is loaded. Take failures
                          out of RetentionExtensionTreeTests.TestCases.all, bound it, or keep only their type and message.""");
    }

    @Test
    void lastErrorWhereNoneMayBeRetained_failsWithItsPath() {
        assertThat(launch.verdict("lastError")).isEqualTo("BOUNDED");
        assertThat(explanation("lastError"))
                .isEqualTo(
                        """
                        1 of 1 (from the last 10 failures) retained through
                          |- static io.github.retainless.RetentionExtensionTreeTests.TestCases.last
                          `-> io.github.retainless.RetentionExtensionTreeTests.TestCases.Declined   rest <size>

                          Likely: the last failure is kept until the next one. Keep its type and message only, or allow it
                          by maxRetained = 1: RetentionExtensionTreeTests.TestCases.last.""");
    }

    @Test
    void cleanTaskWhereNoneMayBeRetained_passes() {
        assertThat(launch.status("clean")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.verdict("clean")).isEqualTo("RELEASED");
    }
}
