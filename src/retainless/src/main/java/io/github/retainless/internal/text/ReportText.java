package io.github.retainless.internal.text;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.Footprint;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportMessage.Kind;
import io.github.retainless.internal.text.ReportMessage.Paragraph;
import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.internal.verdict.Limits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as text: the verdict in a sentence, the table of rounds, who retains what is left, the environment. It is
 * the message of every failure, since that is all that many CI systems show. The paths are drawn with lines where the
 * console's charset has them (the system property {@code stdout.encoding}, else {@code native.encoding}), otherwise in
 * ASCII.
 *
 * <pre>{@code
 * System.out.println(ReportText.of(report));
 * }</pre>
 */
public final class ReportText {
    private static final String ROW = "\n%7s%11s%11s%12s";

    private final RetentionReport report;
    private final Limits limits;
    private final String reportFile;
    private final Charset charset;
    private final List<Paragraph> paragraphs = new ArrayList<>();

    private ReportText(RetentionReport report, Limits limits, String reportFile, Charset charset) {
        this.report = report;
        this.limits = limits;
        this.reportFile = reportFile;
        this.charset = charset;
    }

    /** The text of a report, whatever its verdict. */
    public static String of(RetentionReport report) {
        return of(report, Limits.NONE, "");
    }

    /**
     * The text of a report that is held against limits: it says so if they do not allow what is retained.
     *
     * @param limits what may be retained
     * @param reportFile where the figures are written, in words; empty if nowhere
     */
    public static String of(RetentionReport report, Limits limits, String reportFile) {
        return of(report, limits, reportFile, ConsoleCharset.current());
    }

    /** The same by paragraphs. */
    public static ReportMessage message(RetentionReport report, Limits limits, String reportFile) {
        return new ReportText(report, limits, reportFile, ConsoleCharset.current()).render();
    }

    static String of(RetentionReport report, Limits limits, String reportFile, Charset charset) {
        return new ReportText(report, limits, reportFile, charset).render().text();
    }

    private ReportMessage render() {
        headlines();
        table();
        if (hasFailuresTooHeavy()) {
            paragraphs.addAll(
                    failureSize().paragraphs(charset, report.explanation().anatomies()));
        }
        if (report.verdict() == Verdict.GROWING) {
            paragraph(howFar());
        }
        if (!report.remedy().isEmpty()) {
            if (report.verdict() == Verdict.UNDECIDED) {
                paragraph(Kind.REMEDY, report.remedy());
            } else {
                paragraph(capitalized(firstReason()) + ". " + report.remedy());
            }
        }
        paragraphs.addAll(remarks());
        paragraphs.addAll(ExplanationText.of(report, charset));
        paragraphs.addAll(new HeapGainText(report.heapGain(), report.growth(), attempt()).paragraphs(charset));
        paragraph(Kind.ENVIRONMENT, environment());
        return new ReportMessage(paragraphs);
    }

    /** A reason of several paragraphs, such as the stack of a thread that hangs, follows the headline as remarks. */
    private void headlines() {
        String[] parts = (report.name() + ' ' + headline()).split("(?=\\R\\h*\\R)");
        for (int i = 0; i < parts.length; i++) {
            paragraphs.add(new Paragraph(i == 0 ? Kind.HEADLINE : Kind.REMARK, parts[i]));
        }
    }

    private String headline() {
        if (hasFailuresTooHeavy()) {
            return failureSize().headline();
        }
        return switch (report.verdict()) {
            case GROWING ->
                switch (report.growth()) {
                    case BYTES -> growingBytes();
                    case HEAP -> growingHeap();
                    case NONE, COUNT -> growingCount();
                };
            case BOUNDED -> limits.allow(report) ? withinLimits() : aboveLimits();
            case RELEASED -> "lets go of " + what() + ".";
            case UNDECIDED -> "proves nothing: " + firstReason() + "." + moreOfTheReason();
        };
    }

    private String growingCount() {
        Round last = report.last();
        return "retains " + what() + ": " + rate(last) + " reachable, "
                + (last.footprint().truncated() ? "at least " : "")
                + new ByteSize(last.footprint().bytes() / Math.max(1, last.retained())) + " each.";
    }

    private String rate(Round last) {
        long perRound = report.settings().attempts();
        double rate = (double) last.retained() * perRound / last.attempts();
        long whole = Math.round(rate);
        boolean isEven = last.attempts() >= perRound && whole > 0 && Math.abs(rate - whole) < 0.05;
        long of = isEven ? perRound : last.attempts();
        long retained = isEven ? whole : last.retained();
        return format(isEven ? "%,d of every %,d " : "%,d of %,d ", retained, of) + (retained == 1 ? "stays" : "stay");
    }

    private String growingBytes() {
        long retained = report.last().retained();
        String each = new ByteSize(report.bytesPerFailure()) + " with every " + attempt() + ".";
        return retained == 1
                ? "lets what it retains grow: 1 stays reachable and gains " + each
                : format("lets what it retains grow: %,d stay reachable and gain ", retained) + each;
    }

    private String growingHeap() {
        return "lets the heap grow: " + new ByteSize(report.heapGain().bytesPerFailure()) + " with each " + attempt()
                + ", though nothing watched does.";
    }

    /** What the figures of the table are of, where that is not plain, and what was left out. */
    private List<Paragraph> remarks() {
        Page page = new Page(charset);
        if (retained() > 0) {
            String left = RetainedPartsText.of(report).paragraph();
            if (!left.isEmpty()) {
                page.paragraph(page.harmless(left));
            }
        }
        report.successComparison().retained().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(retained -> page.paragraph(format(
                        "Not counted: in %,d attempts that succeeded, %,d kept a %s too.",
                        report.successComparison().attempts(),
                        retained.getValue().stream().mapToInt(Integer::intValue).sum(),
                        page.harmless(new ClassName(retained.getKey()).qualified()))));
        return page.paragraphs();
    }

    private String withinLimits() {
        if (report.heldByJvm() > 0 && retained() == 0) {
            return format(
                    "retains %,d of %s, but only softly: they go before the heap is full.", report.retained(), what());
        }
        return format(
                "retains up to %,d of %s, %s in all, but stops growing.", retained(), what(), size(report.footprint()));
    }

    private String aboveLimits() {
        if (retained() > limits.maxRetained()) {
            return format("retains up to %,d of %s; at most %,d may be.", retained(), what(), limits.maxRetained());
        }
        String footprint = size(report.footprint());
        String most = limits.maxFootprint().toString();
        if (footprint.equals(most)) {
            footprint = new ByteSize(report.footprint().bytes()).inBytes();
            most = limits.maxFootprint().inBytes();
        }
        return "retains up to " + footprint + " through " + what() + "; at most " + most + " may be.";
    }

    /** Without what nobody holds, or only softly. */
    private long retained() {
        return report.retained() - report.heldByJvm();
    }

    /** Only if that is what is wrong. */
    private boolean hasFailuresTooHeavy() {
        return limits.allowRetained(report) && !limits.allowFailures(report);
    }

    private FailureSize failureSize() {
        return new FailureSize(report.failureWeights(), limits.maxFailureSize());
    }

    private void table() {
        if (report.rounds().isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder("\n");
        text.append(format(ROW, "round", attempt() + "s", "retained", "footprint"));
        for (Round round : report.rounds()) {
            text.append(format(
                    ROW,
                    round.number(),
                    format("%,d", round.attempts()),
                    format("%,d", round.retained()),
                    size(round.footprint())));
        }
        text.append("   ").append(report.verdict());
        boolean isCut =
                report.rounds().stream().anyMatch(round -> round.footprint().truncated());
        if (!isCut && report.verdict() == Verdict.GROWING && bytesPerFailure() > 0) {
            text.append(forecast());
        }
        paragraphs.add(new Paragraph(Kind.TABLE, text.toString()));
        if (isCut) {
            paragraph("Footprints marked + are at least that large; the walk through them was cut.");
        }
    }

    private String forecast() {
        long maxHeap = report.jvm().maxHeap();
        return format(
                ", %s per %s: a %s heap is full after %,d %ss",
                new ByteSize(bytesPerFailure()),
                attempt(),
                new ByteSize(maxHeap).toString().replace(".0 ", " "),
                threeDigits(maxHeap / bytesPerFailure()),
                attempt());
    }

    private long bytesPerFailure() {
        return report.growth() == Growth.HEAP ? report.heapGain().bytesPerFailure() : report.bytesPerFailure();
    }

    private String howFar() {
        Round last = report.last();
        return report.growth() != Growth.COUNT
                ? format("Watched for %,d %ss; a limit beyond that was not looked for.", last.attempts(), attempt())
                : format(
                        "Grew to %,d in %,d %ss; a limit above that was not looked for.",
                        last.retained(), last.attempts(), attempt());
    }

    private String environment() {
        String jvm = "JDK " + report.jvm().version() + ", " + report.jvm().collector();
        String proof = report.proof().isEmpty() ? "" : ", GC proven by " + report.proof();
        return jvm + proof + "." + (reportFile.isEmpty() ? "" : " Report: " + reportFile);
    }

    private void paragraph(String paragraph) {
        paragraph(Kind.REMARK, paragraph);
    }

    private void paragraph(Kind kind, String paragraph) {
        paragraphs.add(new Paragraph(kind, "\n\n  " + paragraph));
    }

    private String firstReason() {
        return report.reason().lines().findFirst().orElse("");
    }

    private static String capitalized(String sentence) {
        return sentence.isEmpty() ? "" : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private String moreOfTheReason() {
        int end = report.reason().indexOf('\n');
        return end < 0 ? "" : report.reason().substring(end).stripTrailing();
    }

    private String what() {
        return RetainedPartsText.of(report).what();
    }

    private String attempt() {
        return report.settings().expect() == Expect.FAILURE ? "failure" : "attempt";
    }

    private static String size(Footprint footprint) {
        return new ByteSize(footprint.bytes()) + (footprint.truncated() ? "+" : "");
    }

    private static long threeDigits(long number) {
        return BigDecimal.valueOf(number)
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .longValue();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
