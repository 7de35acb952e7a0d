package io.github.retainless.internal.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.PathStep.Kind;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.text.Reports;
import io.github.retainless.internal.verdict.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a baseline, judging reports of a leak that changes. */
class BaselineLifeTests {
    private static final String TEST = "io.acme.PoolTest.declined()";
    private static final String TYPE = "io.acme.Declined";
    private static final String PATH = "static io.acme.Pool.KEPT > ArrayList[*] > " + TYPE;
    private static final String ADVICE =
            "\nStop it. Or accept it, not on CI: run the test with -Dretainless.baseline=adopt and"
                    + " -Dretainless.baseline.reason=<why>, and commit the file.";

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("baseline.json");
    }

    private static RetentionReport leak(String field, long bytesPerFailure) {
        List<PathStep> path = List.of(
                new PathStep(Kind.STATIC, "io.acme.Pool", "io.acme.Pool", field, "java.util.ArrayList", false),
                new PathStep(Kind.ELEMENT, "java.util.ArrayList", "", "*", TYPE, false));
        List<Integer> cohorts = List.of(20, 20, 20);
        Signature signature = new Signature(Reachability.STRONG, path, TYPE, 60, 60 * bytesPerFailure, cohorts, null);
        return growing()
                .explained(new Explanation(List.of(signature), List.of(), "", ""))
                .report();
    }

    private static Reports growing() {
        return Reports.growing(Growth.COUNT)
                .failuresPerRound(20)
                .round(20, 20, 20_000)
                .round(40, 40, 40_000)
                .round(60, 60, 60_000);
    }

    private static RetentionReport noLeak() {
        return Reports.released().failuresPerRound(20).round(60, 0, 0).report();
    }

    /** Judges as one run of the test does, with these parameters without their prefix. */
    private Ruling judge(RetentionReport report, String... parameters) throws BrokenBaselineException {
        Map<String, String> all = new HashMap<>(Map.of("retainless.baseline.file", file().toString()));
        for (int i = 0; i < parameters.length; i += 2) {
            all.put("retainless.baseline" + parameters[i], parameters[i + 1]);
        }
        return Baseline.of(name -> Optional.ofNullable(all.get(name)), name -> null, LocalDate.parse("2026-11-30"))
                .judge(TEST, report, Limits.NONE, () -> folder.resolve("reports"));
    }

    private Ruling adopt(RetentionReport report) throws BrokenBaselineException {
        return judge(report, "", "adopt", ".reason", "ACME-123: the old pool");
    }

    /** The note with the file's name replaced. */
    private String note(Ruling ruling) {
        return ruling.note().replace(file().toString().replace('\\', '/'), "<file>");
    }

    private static String entry(long bytes, String more) {
        return """
                {
                  "format": "retainless-baseline",
                  "version": 1,
                  "leaks": [
                    {
                      "test": "io.acme.PoolTest.declined()",
                      "path": [
                        "static io.acme.Pool.KEPT",
                        "ArrayList[*]",
                        "io.acme.Declined"
                      ],
                      "bytesPerFailure": BYTES,
                      "reason": "ACME-123: the old pool"MORE
                    }
                  ]
                }
                """
                .replace("BYTES", Long.toString(bytes))
                .replace("MORE", more);
    }

    @Test
    void withoutABaseline_aLeakFails() throws Exception {
        assertThat(judge(leak("KEPT", 4_200))).isEqualTo(new Ruling(false, false, ""));
        assertThat(file()).doesNotExist();
    }

    @Test
    void adoptedLeak_passesFromThenOn() throws Exception {
        assertThat(adopt(leak("KEPT", 4_200)).allowed()).isTrue();

        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));
        assertThat(judge(leak("KEPT", 4_200)).allowed()).isTrue();
        assertThat(judge(leak("KEPT", 4_200), "", "update").allowed()).isTrue();
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));
        assertThat(judge(leak("KEPT", 4_200), "", "off").allowed()).isFalse();
    }

    @Test
    void moreBytes_fail_untilAdopted() throws Exception {
        adopt(leak("KEPT", 4_200));

        Ruling ruling = judge(leak("KEPT", 8_300));

        assertThat(ruling.allowed()).isFalse();
        assertThat(note(ruling))
                .isEqualTo("The baseline <file> does not allow this:\n"
                        + "- more: 8,300 B per failure instead of 4,200 B through " + PATH
                        + " (ACME-123: the old pool)" + ADVICE);
        assertThat(judge(leak("KEPT", 8_300), "", "update").allowed()).isFalse();
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));

        assertThat(adopt(leak("KEPT", 8_300)).allowed()).isTrue();
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(8_300, ""));
    }

    @Test
    void newPath_fails_andIsNamed() throws Exception {
        adopt(leak("KEPT", 4_200));

        Ruling ruling = judge(leak("ALSO_KEPT", 4_200));

        assertThat(ruling.allowed()).isFalse();
        assertThat(note(ruling))
                .isEqualTo("The baseline <file> does not allow this:\n- new: 4,200 B per failure through "
                        + PATH.replace("KEPT", "ALSO_KEPT") + ADVICE
                        + "\nBetter than the baseline <file>:\n- gone: 4,200 B per failure through " + PATH
                        + " (ACME-123: the old pool)");
        // Its reason would be lost, and perhaps it has another name only.
        assertThat(judge(leak("ALSO_KEPT", 4_200), "", "update").allowed()).isFalse();
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));
    }

    @Test
    void fewerBytes_pass_areTold_andOnRequestTightened() throws Exception {
        adopt(leak("KEPT", 4_200));

        Ruling ruling = judge(leak("KEPT", 1_100));

        assertThat(ruling.allowed()).isTrue();
        assertThat(ruling.better()).isTrue();
        assertThat(note(ruling))
                .isEqualTo("Better than the baseline <file>:\n"
                        + "- less: 1,100 B per failure instead of 4,200 B through " + PATH
                        + " (ACME-123: the old pool)"
                        + "\nLet it stay so: run the test with -Dretainless.baseline=update, and commit the file.");
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));

        assertThat(judge(leak("KEPT", 1_100), "", "update").allowed()).isTrue();
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(1_100, ""));
        assertThat(judge(leak("KEPT", 4_200)).allowed()).isFalse();
    }

    @Test
    void leakGone_isTold_andOnRequestRemoved() throws Exception {
        adopt(leak("KEPT", 4_200));

        Ruling ruling = judge(noLeak());

        assertThat(ruling.allowed()).isTrue();
        assertThat(ruling.better()).isTrue();
        assertThat(note(ruling))
                .isEqualTo("Better than the baseline <file>:\n- gone: 4,200 B per failure through " + PATH
                        + " (ACME-123: the old pool)"
                        + "\nLet it stay so: run the test with -Dretainless.baseline=update, and commit the file.");

        judge(noLeak(), "", "update");

        assertThat(file())
                .usingCharset(UTF_8)
                .hasContent(
                        """
                        {
                          "format": "retainless-baseline",
                          "version": 1,
                          "leaks": []
                        }
                        """);
    }

    @Test
    void expiredEntry_fails_untilAdoptedAnew() throws Exception {
        judge(leak("KEPT", 4_200), "", "adopt", ".reason", "ACME-123: the old pool", ".expires", "2999-12-31");
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ",\n      \"expires\": \"2999-12-31\""));
        assertThat(judge(leak("KEPT", 4_200)).allowed()).isTrue();
        Files.writeString(file(), Files.readString(file()).replace("2999-12-31", "2026-01-31"));

        Ruling ruling = judge(leak("KEPT", 4_200));

        assertThat(ruling.allowed()).isFalse();
        assertThat(note(ruling))
                .isEqualTo("The baseline <file> does not allow this:\n- expired: 4,200 B per failure through " + PATH
                        + " (ACME-123: the old pool, until 2026-01-31)" + ADVICE);

        adopt(leak("KEPT", 4_200));
        assertThat(file()).usingCharset(UTF_8).hasContent(entry(4_200, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "update", "adopt"})
    void brokenFile_isAnErrorBeforeTheTest_andStaysAsItIs(String mode) throws IOException {
        String broken = entry(4_200, "").replace("\"ACME-123: the old pool\"", "\" \"");
        Files.writeString(file(), broken);

        assertThatThrownBy(() -> judge(leak("KEPT", 4_200), "", mode, ".reason", "whatever"))
                .isExactlyInstanceOf(BrokenBaselineException.class)
                .hasMessageEndingWith("is broken, line 13: \"reason\" is blank. Correct it by hand, or"
                        + " restore it from version control; nothing writes it as it is.");
        assertThat(file()).usingCharset(UTF_8).hasContent(broken);
    }

    @Test
    void leakWithUnknownPath_isNotAdopted() throws Exception {
        RetentionReport unknown = growing()
                .explained(new Explanation(List.of(), List.of(), "Heap dumps are off.", ""))
                .report();

        Ruling ruling = adopt(unknown);

        assertThat(ruling.allowed()).isFalse();
        assertThat(note(ruling))
                .isEqualTo("The baseline <file> can't allow this: who retains what grows is not known, so there are no"
                        + " paths to compare. See above what is missing; retainless.heapdump must not be off.");
        assertThat(file()).doesNotExist();
    }
}
