package io.github.retainless.report;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.output.page.FolderPage;
import io.github.retainless.internal.output.results.Origin;
import io.github.retainless.internal.output.results.ResultsFile;
import io.github.retainless.internal.output.results.RoundsCsv;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.ReportMessage;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.verdict.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes the files that JUnit's tests get anyway: a CSV file for each report, {@code results-<jvm>.json}, and one page.
 *
 * <pre>{@code
 * ReportFolder folder = new ReportFolder(Path.of("target", "retainless"));
 * folder.add("charge", report, report.verdict() == Verdict.RELEASED);
 * System.out.println(folder.writePage());
 * }</pre>
 *
 * <p>Instances may be used by several threads. Several JVMs may write to the same folder.
 *
 * @since 0.1.0
 */
public final class ReportFolder {
    private final Path folder;
    private final ResultsFile results;

    /** A folder, which is made with its first file. */
    public ReportFolder(Path folder) {
        this.folder = Objects.requireNonNull(folder, "folder");
        results = new ResultsFile(folder, Origin.ofThisJvm(Shard.ofBuild(System.getenv())));
    }

    /**
     * Writes a report's figures and result.
     *
     * @param id tells the report from every other one, and is the same in the next run; the CSV file is called so
     * @param report the report; its name is what the page shows
     * @param passed whether the page shows it as passed
     * @throws IOException if a file cannot be written
     */
    public void add(String id, RetentionReport report, boolean passed) throws IOException {
        Path figures = RoundsCsv.write(report, folder, id);
        ReportMessage message = ReportText.message(report, Limits.NONE, "");
        results.add(new TestResult(
                id,
                "",
                report.name(),
                passed,
                message.text(),
                message.remarks(),
                "",
                figures.getFileName().toString(),
                report));
    }

    /**
     * Writes the page of all results in the folder, those of other JVMs included.
     *
     * @return its file
     * @throws IOException if it cannot be written
     */
    public Path writePage() throws IOException {
        return FolderPage.write(folder);
    }
}
