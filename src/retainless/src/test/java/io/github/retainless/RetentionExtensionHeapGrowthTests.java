package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult.Status;

/** A heap that grows with every failure though nothing watched stays. */
@Slow("makes each experiment twice, so that no class is loaded in the second")
class RetentionExtensionHeapGrowthTests {
    private final Logger logger = Logger.getLogger("io.github.retainless");
    private final List<LogRecord> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            logged.add(logRecord);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @NoExceptionRetention(failures = 20, rounds = 3, budget = 2)
    static class CopyingTestCases {
        private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());

        private static final class Declined extends Exception {
            private static final long serialVersionUID = 1;

            final byte[] response = new byte[8 << 10];
        }

        private static void fail(Declined declined) throws Declined {
            KEPT.add(declined.response.clone());
            throw declined;
        }

        @AsyncTask
        void copies() throws Declined {
            fail(new Declined());
        }

        @NoExceptionRetention(heapGrowth = HeapGrowth.FAIL)
        @AsyncTask
        void mustNotCopy() throws Declined {
            fail(new Declined());
        }

        @NoExceptionRetention(heapGrowth = HeapGrowth.FAIL)
        @AsyncTask
        void doesNotCopy() throws Declined {
            throw new Declined();
        }

        @NoExceptionRetention(heapGrowth = HeapGrowth.FAIL)
        @AsyncTask(compareWithSuccess = true)
        void copiesOnSuccessToo(Attempt attempt) throws Declined {
            Declined declined = new Declined();
            KEPT.add(declined.response.clone());
            if (!attempt.mustSucceed()) {
                throw declined;
            }
        }

        @NoExceptionRetention(heapGrowth = HeapGrowth.FAIL)
        @AsyncTask(compareWithSuccess = true)
        void copiesOnFailureOnly(Attempt attempt) throws Declined {
            if (!attempt.mustSucceed()) {
                fail(new Declined());
            }
        }
    }

    @Test
    void growth_isToldAndLogged_orFails_orIsTheSameOnSuccess() {
        Launch.of(CopyingTestCases.class); // or classes that are loaded meanwhile grow the heap, too
        logged.clear();

        Launch launch = Launch.of(CopyingTestCases.class);

        assertThat(launch.verdict("copies")).isEqualTo("RELEASED");
        assertThat(launch.status("copies")).isEqualTo(Status.SUCCESSFUL);
        assertThat(Integer.parseInt(launch.entries("copies").get("retainless.heapBytesPerFailure")))
                .isBetween(8_192, 9_000);
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getLevel()).isEqualTo(Level.WARNING);
        assertThat(Launch.normalized(logged.get(0).getMessage()))
                .startsWith("copies() lets go of the exceptions it throws.\n")
                .contains("\n\n  But the heap grows by <size> with each failure, seen for 120 of them, though nothing")
                // Some other arrays come into being meanwhile.
                .containsPattern("\n  More with each failure:\n    1\\.[0-3] byte\\[\\] <size>")
                .contains("heapGrowth = FAIL lets the test fail then.");

        assertThat(launch.message("mustNotCopy"))
                .startsWith(
                        "mustNotCopy() lets the heap grow: <size> with each failure, though nothing watched does.\n")
                // Some other arrays come into being meanwhile.
                .containsPattern("\n  More with each failure:\n    1\\.[0-3] byte\\[\\] <size>");
        assertThat(launch.verdict("mustNotCopy")).isEqualTo("GROWING");

        assertThat(launch.verdict("doesNotCopy")).isEqualTo("RELEASED");
        assertThat(launch.entries("doesNotCopy")).doesNotContainKey("retainless.heapBytesPerFailure");
        assertThat(launch.verdict("copiesOnSuccessToo")).isEqualTo("RELEASED");
        assertThat(launch.verdict("copiesOnFailureOnly")).isEqualTo("GROWING");
    }

    @Quick
    static class NeighbourTestCases {
        @AsyncTask
        void unaware() {
            throw new IllegalStateException("declined");
        }

        @NoExceptionRetention(heapGrowth = HeapGrowth.FAIL)
        @AsyncTask
        void notAlone() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void besideOtherExperiments_nobodyCanTell() {
        Launch launch = Launch.with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled",
                        "true",
                        "junit.jupiter.execution.parallel.mode.default",
                        "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy",
                        "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism",
                        "2"),
                NeighbourTestCases.class,
                SecondNeighbourTestCases.class);

        assertThat(launch.verdict("unaware")).isEqualTo("RELEASED");
        assertThat(launch.message("notAlone"))
                .startsWith(
                        "notAlone() proves nothing: other experiments ran in this JVM meanwhile, or it does not tell, so"
                                + " that nobody knows how its heap grew.\n")
                .contains(
                        "\n  Run the test by itself: with @Isolated, if tests run in parallel. Or let heapGrowth be REPORT.\n");
    }

    @NoExceptionRetention(failures = 100, rounds = 3, budget = 1)
    static class SecondNeighbourTestCases {
        @AsyncTask
        void slow() throws InterruptedException {
            Thread.sleep(5);
            throw new IllegalStateException("declined");
        }
    }

    /** With the default budget, since other tests' threads may once fill 64 KiB of this JVM during 60 attempts. */
    @NoExceptionRetention(failures = 20, rounds = 3, heapGrowth = HeapGrowth.FAIL)
    static class ManyCausesTestCases {
        @AsyncTask
        void hasThousandsOfCauses() {
            Throwable cause = null;
            for (int i = 0; i < 2_000; i++) {
                cause = new Exception("one of many", cause);
            }
            throw new IllegalStateException(cause);
        }
    }

    @Test
    void whatWatchingTakes_isNoGrowth() {
        assertThat(Launch.of(ManyCausesTestCases.class).verdict("hasThousandsOfCauses"))
                .isEqualTo("RELEASED");
    }

    @Test
    void wrongValue_isAnError() {
        assertThat(Launch.with("retainless.heapGrowth.default", "loudly", NeighbourTestCases.class)
                        .failure("unaware"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "configuration parameter retainless.heapGrowth.default: heapGrowth must be REPORT or FAIL, but"
                                + " was \"loudly\"");
    }
}
