package io.github.retainless.internal.text;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.Footprint;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.HeapGain;
import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.SuccessComparison;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.report.ReportValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes reports for tests. */
public final class Reports {
    private static final Jvm JVM =
            new Jvm("17.0.15", "Eclipse Adoptium", "OpenJDK 64-Bit Server VM", "G1", 512L << 20, 2);

    private final Verdict verdict;
    private Growth growth = Growth.NONE;
    private String name = "declinedPayment()";
    private String reason = "";
    private String remedy = "";
    private String proof = "System.gc()";
    private Settings settings = Settings.DEFAULT;
    private int heldByJvm;
    private Explanation explanation = Explanation.NONE;
    private FailureWeights failureWeights = FailureWeights.NONE;
    private List<RetainedParts> retainedParts = List.of();
    private HeapGain heapGain = HeapGain.NONE;
    private SuccessComparison successComparison = SuccessComparison.NONE;
    private final List<Round> rounds = new ArrayList<>();

    private Reports(Verdict verdict) {
        this.verdict = verdict;
    }

    public static Reports released() {
        return new Reports(Verdict.RELEASED);
    }

    public static Reports bounded() {
        return new Reports(Verdict.BOUNDED);
    }

    public static Reports growing(Growth growth) {
        Reports reports = new Reports(Verdict.GROWING);
        reports.growth = growth;
        return reports;
    }

    public static Reports undecided(String reason, String remedy) {
        return new Reports(Verdict.UNDECIDED).stopped(reason, remedy);
    }

    public Reports named(String name) {
        this.name = name;
        return this;
    }

    public Reports failuresPerRound(int failures) {
        settings = settings.withAttempts(failures);
        return this;
    }

    public Reports expectingSuccess() {
        settings = settings.withExpect(Expect.SUCCESS);
        return this;
    }

    public Reports stopped(String reason, String remedy) {
        this.reason = reason;
        this.remedy = remedy;
        return this;
    }

    public Reports explained(Explanation explanation) {
        this.explanation = explanation;
        return this;
    }

    public Reports heldByJvm(int heldByJvm) {
        this.heldByJvm = heldByJvm;
        return this;
    }

    public Reports weighed(FailureWeights weights) {
        failureWeights = weights;
        return this;
    }

    public Reports unproven() {
        proof = "";
        return this;
    }

    public Reports retainedParts(RetainedParts... retainedParts) {
        this.retainedParts = List.of(retainedParts);
        return this;
    }

    public Reports heapGain(HeapGain heapGain) {
        this.heapGain = heapGain;
        return this;
    }

    public Reports successComparison(SuccessComparison successComparison) {
        this.successComparison = successComparison;
        return this;
    }

    public Reports round(long failures, long retained, long bytes) {
        return round(failures, retained, new Footprint(bytes, retained * 5, false));
    }

    public Reports truncatedRound(long failures, long retained, long bytes) {
        return round(failures, retained, new Footprint(bytes, retained * 5, true));
    }

    private Reports round(long failures, long retained, Footprint footprint) {
        int number = rounds.size() + 1;
        rounds.add(new Round(number, failures, retained, footprint, List.of(), 4, Duration.ofMillis(250L * number)));
        return this;
    }

    public RetentionReport report() {
        Duration took = Duration.ofMillis(250L * rounds.size() + 100);
        return new ReportValues(
                name,
                verdict,
                growth,
                reason,
                remedy,
                rounds,
                explanation,
                heldByJvm,
                failureWeights,
                retainedParts,
                heapGain,
                successComparison,
                settings,
                JVM,
                proof,
                Instant.EPOCH,
                took);
    }
}
