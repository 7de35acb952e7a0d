package io.github.retainless.internal.output.ci;

import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.Reports;
import java.util.List;

/** Makes results for tests. */
final class Results {
    private Results() {}

    static TestResult growing(String name, String message) {
        return growing(name, message, 64_000, "inFlight");
    }

    /** Of a leak through a static map of this name. */
    static TestResult growing(String name, String message, long bytes, String map) {
        PathStep root = new PathStep(
                PathStep.Kind.STATIC, "io.acme.Dispatcher", "io.acme.Dispatcher", map, "java.util.Map", false);
        Signature signature = new Signature(
                Reachability.STRONG,
                List.of(root),
                "io.acme.Declined",
                200,
                200 * bytes,
                List.of(),
                new LikelyCause(
                        "futures leave the registry only on success", "Remove them in whenComplete, not in thenRun."));
        return failed(
                name,
                message,
                Reports.growing(Growth.COUNT)
                        .round(100, 100, 100 * bytes)
                        .round(200, 200, 200 * bytes)
                        .explained(new Explanation(List.of(signature), List.of(), "", ""))
                        .report());
    }

    static TestResult undecided(String name, String message) {
        return failed(
                name, message, Reports.undecided("the task did not fail", "").report());
    }

    static TestResult boundedAbove(String name) {
        return failed(
                name,
                name + " retains up to 4 of the exceptions it throws; at most 1 may be.",
                Reports.bounded().round(100, 4, 4_000).round(200, 4, 4_000).report());
    }

    static TestResult released(String name) {
        return new TestResult(
                "id of " + name,
                "io.acme.PaymentTest",
                name,
                true,
                name + " lets go of the exceptions it throws.",
                List.of(),
                "",
                "",
                Reports.released().round(100, 0, 0).report());
    }

    private static TestResult failed(String name, String message, RetentionReport report) {
        return new TestResult("id of " + name, "io.acme.PaymentTest", name, false, message, List.of(), "", "", report);
    }
}
