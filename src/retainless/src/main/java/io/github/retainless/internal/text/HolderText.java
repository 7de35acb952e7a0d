package io.github.retainless.internal.text;

import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Who holds retained failures, in the words of the failure message, but a step at a time.
 *
 * @param head how many, and how they are held
 * @param steps from the GC root on; empty if no path is known
 * @param end the class of the failures
 * @param likely the likely cause and its remedy; empty if there is none
 */
public record HolderText(String head, List<Row> steps, String end, String likely) {
    /**
     * A step of a path.
     *
     * @param label what holds
     * @param type the class of what is held; empty where that tells nothing
     * @param note more about it; mostly empty
     */
    public record Row(String label, String type, String note) {}

    /** Copies the list. */
    public HolderText {
        steps = List.copyOf(steps);
    }

    /** All holders of what a report found, the most important first. */
    public static List<HolderText> of(RetentionReport report) {
        ExplanationText explanation = new ExplanationText(report, StandardCharsets.UTF_8);
        return report.explanation().signatures().stream()
                .map(signature -> of(explanation, signature))
                .toList();
    }

    private static HolderText of(ExplanationText explanation, Signature signature) {
        TraceText trace = new TraceText(new Page(StandardCharsets.UTF_8), signature);
        LikelyCause likely = signature.likely();
        return new HolderText(
                explanation.head(signature),
                trace.steps(),
                trace.end(),
                likely == null ? "" : likely.cause() + ". " + likely.remedy());
    }
}
