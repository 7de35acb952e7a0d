package io.github.retainless.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.Origin;
import io.github.retainless.internal.output.results.ResultsFile;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.text.Reports;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Results of tests that nobody has run. */
public final class SyntheticResults {
    private static final RetentionReport GROWING = Reports.growing(Growth.COUNT)
            .round(50, 50, 86_880)
            .round(100, 100, 173_680)
            .round(150, 150, 260_480)
            .round(200, 200, 347_280)
            .round(400, 400, 694_480)
            .round(800, 800, 1_388_880)
            .round(1_600, 1_600, 2_777_680)
            .report();
    private static final RetentionReport RELEASED = Reports.released()
            .round(50, 0, 0)
            .round(100, 0, 0)
            .round(150, 0, 0)
            .round(200, 0, 0)
            .report();

    private SyntheticResults() {}

    static TestResult growing(String id) {
        return result(id, GROWING);
    }

    static TestResult released(String id) {
        return result(id, RELEASED);
    }

    private static TestResult result(String id, RetentionReport report) {
        return new TestResult(
                id,
                "io.acme.PaymentTest",
                id + "()",
                report.verdict() == Verdict.RELEASED,
                ReportText.of(report),
                List.of(),
                "",
                "",
                report);
    }

    /** Writes what many JVMs would, half of it growing; faster than they, since it is never whole before the end. */
    public static void write(Path folder, int jvms, int testsEach) throws IOException {
        ResultsFile sample = new ResultsFile(folder, new Origin("sample", Instant.EPOCH, null));
        sample.add(growing("growing"));
        sample.add(released("released"));
        List<String> lines = Files.readAllLines(sample.path());
        Files.delete(sample.path());
        String growing = lines.get(1).substring(0, lines.get(1).length() - 1);
        for (int jvm = 0; jvm < jvms; jvm++) {
            Path file = folder.resolve("results-" + jvm + ".json");
            try (Writer out = Files.newBufferedWriter(file, UTF_8)) {
                out.write(lines.get(0).replace("sample", "jvm-" + jvm));
                for (int test = 0; test < testsEach; test++) {
                    String id = "test" + jvm + "_" + test;
                    out.write((test == 0 ? "\n" : ",\n")
                            + (test % 2 == 0
                                    ? growing.replace("growing", id)
                                    : lines.get(2).replace("released", id)));
                }
                out.write("\n" + lines.get(3));
            }
        }
    }
}
