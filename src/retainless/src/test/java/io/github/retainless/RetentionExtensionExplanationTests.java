package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.SoftReferences;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult.Status;

/** What becomes of heap dumps, and of failures that only soft references hold. */
@Slow("dumps the heap in nearly every test")
class RetentionExtensionExplanationTests {
    private static final String SLOT = "io.github.retainless.RetentionExtensionExplanationTests$LastFailureTestCases.";

    @TempDir
    private Path reports;

    private Launch launch(String heapDumps, Class<?> fixture) {
        return Launch.with(
                Map.of(
                        ConfigurationKeys.HEAP_DUMP.name(),
                        heapDumps,
                        ConfigurationKeys.REPORT_DIRECTORY.name(),
                        reports.toString()),
                fixture);
    }

    @Test
    void heapDumpsKept_areBesideTheFiguresOfTestsThatFail() {
        Launch launch = launch(" keep ", LastFailureTestCases.class);

        Path dump = reports.resolve(SLOT + "tooMuch.hprof");
        assertThat(launch.failure("tooMuch"))
                .hasMessageContainingAll(
                        "LastFailureTestCases.last",
                        "\n  Heap dump kept:",
                        dump.toString().replace('\\', '/'));
        assertThat(dump).isNotEmptyFile();
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
        assertThat(reports.resolve(SLOT + "allowed.csv")).exists();
        assertThat(reports.resolve(SLOT + "allowed.hprof")).doesNotExist();
    }

    @Test
    void heapDumpsOff_leaveTheDiagnosisWithoutAPath() {
        Launch launch = launch("off", LastFailureTestCases.class);

        assertThat(launch.message("tooMuch"))
                .startsWith("tooMuch() retains up to 1 of the exceptions it throws; at most 0 may be.")
                .contains(
                        """


                          java.lang.IllegalStateException, <size> each:
                            backtrace <size> · message <size> · rest <size>

                          Who retains them was not looked for, since heap dumps are off.
                        """);
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void heapDumpsTemporary_leaveNothing() throws IOException {
        Launch launch = launch("temporary", LastFailureTestCases.class);

        assertThat(launch.message("tooMuch"))
                .contains("LastFailureTestCases.last")
                .doesNotContain("dump");
        try (var files = Files.list(reports)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".hprof"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "KEEP", "kept"})
    void unknownTreatmentOfHeapDumps_failsBeforeTheFirstAttempt(String wrong) {
        assertThat(launch(wrong, LastFailureTestCases.class).failure("allowed"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("configuration parameter retainless.heapdump: \"" + wrong
                        + "\" is none of temporary, keep, off");
    }

    @NoExceptionRetention(failures = 8, rounds = 3, warmup = 1, budget = 1)
    static class LastFailureTestCases {
        private Throwable last;

        @AsyncTask
        @NoExceptionRetention(maxRetained = 0)
        void tooMuch() {
            fail();
        }

        @AsyncTask
        @NoExceptionRetention(maxRetained = 1)
        void allowed() {
            fail();
        }

        private void fail() {
            IllegalStateException declined = new IllegalStateException("declined");
            last = declined;
            throw declined;
        }

        @Override
        public String toString() {
            return "last: " + last;
        }
    }

    @Test
    void softlyReachableFailures_areNoGrowthUnlessTheyCount() {
        Launch launch = Launch.of(SoftTestCases.class);

        assertThat(launch.status("reported")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.verdict("reported")).isEqualTo("BOUNDED");
        assertThat(launch.verdict("counted")).isEqualTo("GROWING");
        assertThat(launch.message("counted"))
                .startsWith("counted() retains the exceptions it throws: 8 of every 8 stay reachable, <size> each.")
                .contains(
                        """
                         only softly reachable, through
                          ├─ instance of io.github.retainless.RetentionExtensionExplanationTests.SoftTestCases
                          ├─ RetentionExtensionExplanationTests.SoftTestCases.cache : ArrayList
                          ├─ ArrayList[*]                                           : SoftReference
                          ├─ Reference.referent
                          ╰→ java.lang.IllegalStateException\
                        """)
                .contains("Likely: a cache holds failures by soft references, until memory runs out.");
    }

    @Test
    void parameterForSoftReferences_setsTheDefault() {
        Launch launch = Launch.with("retainless.softReferences.default", "count", SoftTestCases.class);

        assertThat(launch.verdict("reported")).isEqualTo("GROWING");
        assertThat(Launch.with("retainless.softReferences.default", "never", SoftTestCases.class)
                        .failure("reported"))
                .hasMessage("configuration parameter retainless.softReferences.default: softReferences must be REPORT"
                        + " or COUNT, but was \"never\"");
    }

    @NoExceptionRetention(failures = 8, rounds = 3, warmup = 1, budget = 1)
    static class SoftTestCases {
        private final List<SoftReference<Throwable>> cache = new ArrayList<>();

        @AsyncTask
        @NoExceptionRetention(maxRetained = 0, maxFootprint = "0 B")
        void reported() {
            fail();
        }

        @AsyncTask
        @NoExceptionRetention(softReferences = SoftReferences.COUNT)
        void counted() {
            fail();
        }

        private void fail() {
            IllegalStateException declined = new IllegalStateException("declined");
            cache.add(new SoftReference<>(declined));
            throw declined;
        }
    }
}
