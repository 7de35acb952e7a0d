package io.github.retainless.internal.text;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.internal.text.ReportMessage.Kind;
import io.github.retainless.internal.text.ReportMessage.Paragraph;
import io.github.retainless.internal.units.ByteSize;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;

/** What is said when failures are heavier than they may be, or when nobody knows whether they are. */
record FailureSize(FailureWeights weights, ByteSize most) {
    /** To follow the task's name. */
    String headline() {
        if (weights.heaviest() == null) {
            return "throws exceptions of unknown size; at most " + most + " may be.";
        }
        ByteSize heaviest = new ByteSize(weights.most());
        boolean lookAlike = heaviest.toString().equals(most.toString());
        return "throws exceptions of up to " + (lookAlike ? heaviest.inBytes() : heaviest)
                + (weights.truncated() ? "+" : "") + "; at most " + (lookAlike ? most.inBytes() : most) + " may be.";
    }

    /**
     * To follow the table.
     *
     * @param explained what the explanation dissects; the page shows its advice in a form of its own
     */
    List<Paragraph> paragraphs(Charset charset, List<Anatomy> explained) {
        Page page = new Page(charset);
        Anatomy heaviest = weights.heaviest();
        if (heaviest == null) {
            page.paragraph(
                    weights.seen() == 0
                            ? "Failures are weighed only on request: call weighFailures() on the experiment."
                            : String.format(
                                    Locale.ROOT,
                                    "None of %,d failures could be told apart from what the test instance, the executor"
                                            + " and the task reach, which is too much to look through.",
                                    weights.seen()));
            return page.paragraphs();
        }
        AnatomyText anatomy = new AnatomyText(page);
        page.paragraph("The heaviest is of " + anatomy.type(heaviest) + ":");
        anatomy.write(heaviest);
        if (weights.truncated()) {
            page.paragraph("It is at least that large; the walk through it was cut.");
        }
        if (!heaviest.advice().isEmpty()) {
            boolean isKnown = explained.stream().anyMatch(each -> each.advice().equals(heaviest.advice()));
            page.paragraph(isKnown ? Kind.ADVICE : Kind.REMARK, heaviest.advice());
        }
        return page.paragraphs();
    }
}
