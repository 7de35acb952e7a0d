package io.github.retainless.internal.report;

import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.HeapGain;
import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.SuccessComparison;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.units.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A report as values, in the order in which results files hold them. {@link RetentionReport} describes each. */
public record ReportValues(
        String name,
        Verdict verdict,
        Growth growth,
        String reason,
        String remedy,
        List<Round> rounds,
        Explanation explanation,
        int heldByJvm,
        FailureWeights failureWeights,
        List<RetainedParts> retainedParts,
        HeapGain heapGain,
        SuccessComparison successComparison,
        Settings settings,
        Jvm jvm,
        String proof,
        Instant began,
        Duration took)
        implements RetentionReport {
    /** Copies the lists. */
    public ReportValues {
        rounds = List.copyOf(rounds);
        retainedParts = List.copyOf(retainedParts);
    }

    /** The values of any report. */
    public static ReportValues of(RetentionReport report) {
        return report instanceof ReportValues values
                ? values
                : new ReportValues(
                        report.name(),
                        report.verdict(),
                        report.growth(),
                        report.reason(),
                        report.remedy(),
                        report.rounds(),
                        report.explanation(),
                        report.heldByJvm(),
                        report.failureWeights(),
                        report.retainedParts(),
                        report.heapGain(),
                        report.successComparison(),
                        report.settings(),
                        report.jvm(),
                        report.proof(),
                        report.began(),
                        report.took());
    }

    @Override
    public String text() {
        return ReportText.of(this);
    }

    /** One line, such as {@code the task: GROWING, 300 of 300 retained, 19.0 MiB}. */
    @Override
    public String toString() {
        return verdict == Verdict.UNDECIDED
                ? name + ": UNDECIDED, " + reason.lines().findFirst().orElse("")
                : String.format(
                        Locale.ROOT,
                        "%s: %s, %,d of %,d retained, %s%s",
                        name,
                        verdict,
                        retained(),
                        attempts(),
                        new ByteSize(footprint().bytes()),
                        footprint().truncated() ? "+" : "");
    }
}
