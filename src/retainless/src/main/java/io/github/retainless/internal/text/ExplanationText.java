package io.github.retainless.internal.text;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportMessage.Kind;
import io.github.retainless.internal.text.ReportMessage.Paragraph;
import io.github.retainless.internal.units.ByteSize;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who retains what, as text: a tree for each of the first paths, what an exception consists of, the likely causes. */
final class ExplanationText {
    private static final int MOST_TREES = 5;
    private static final int MOST_OTHER_CLASSES = 3;

    private final RetentionReport report;
    private final Explanation explanation;
    private final Page page;
    private final AnatomyText anatomyText;
    private final Set<String> dissected = new HashSet<>();
    private final Set<LikelyCause> told = new HashSet<>();

    ExplanationText(RetentionReport report, Charset charset) {
        this.report = report;
        this.explanation = report.explanation();
        this.page = new Page(charset);
        this.anatomyText = new AnatomyText(page);
    }

    /**
     * What follows the table of the report; empty if there is nothing to explain. No line is longer than 100 columns,
     * but for the name of a file.
     *
     * @param charset what the characters must be of
     */
    static List<Paragraph> of(RetentionReport report, Charset charset) {
        return new ExplanationText(report, charset).render();
    }

    private List<Paragraph> render() {
        List<Signature> signatures = explanation.signatures();
        signatures.stream().limit(MOST_TREES).forEach(this::signature);
        if (signatures.size() > MOST_TREES) {
            rest(signatures.subList(MOST_TREES, signatures.size()));
        }
        otherClasses();
        if (report.settings().expect() == Expect.FAILURE) {
            explanation.anatomies().stream()
                    .map(Anatomy::advice)
                    .filter(advice -> !advice.isEmpty())
                    .findFirst()
                    .map(this::shortened)
                    .ifPresent(advice -> page.paragraph(Kind.ADVICE, advice));
        }
        paragraph(explanation.missing());
        if (!explanation.heapDump().isEmpty()) {
            paragraph("Heap dump kept: " + explanation.heapDump());
        }
        return page.paragraphs();
    }

    private void signature(Signature signature) {
        page.paragraph(Kind.HOLDER, head(signature));
        if (signature.reachability() != Reachability.NONE || !signature.path().isEmpty()) {
            new TraceText(page, signature).write(anatomyOf(signature.type()));
        }
        LikelyCause likely = signature.likely();
        if (likely != null && told.add(likely)) {
            page.paragraph(Kind.LIKELY_CAUSE, shortened("Likely: " + likely.cause() + ". " + likely.remedy()));
        }
    }

    /** How many are held so, and how. */
    String head(Signature signature) {
        long total = report.rounds().isEmpty() ? 0 : report.last().retained();
        int attempts = signature.attempts();
        boolean isAll = explanation.signatures().size() == 1 && attempts == total;
        List<String> details = new ArrayList<>();
        // If there is but one path, the table has said it.
        if (signature.retainedBytes() > 0 && !isAll) {
            details.add(new ByteSize(signature.retainedBytes()).toString());
        }
        String origin = origin(signature);
        if (!origin.isEmpty()) {
            details.add(origin);
        }
        String count = attempts <= total ? format("%,d of %,d", attempts, total) : format("%,d", attempts);
        return count + (details.isEmpty() ? "" : " (" + String.join(", ", details) + ")") + held(signature);
    }

    private String held(Signature signature) {
        boolean isOne = signature.attempts() == 1;
        return switch (signature.reachability()) {
            case STRONG -> " retained through";
            case THROUGH_ANOTHER -> " retained only by an exception of another attempt, through";
            case SOFT -> " only softly reachable, through";
            case FINALIZER -> " held until a finalizer has run, through";
            case NONE ->
                (isOne ? " has" : " have") + " no path in the heap dump: "
                        + (report.verdict() == Verdict.GROWING
                                ? "it does not show what a ClassValue holds, nor what native code does."
                                : "the JVM itself may keep a thread's last exception for a while.");
        };
    }

    /** From which attempts they are, if that is not all of them. */
    private String origin(Signature signature) {
        if (report.rounds().isEmpty()) {
            return "";
        }
        long each = report.settings().attempts();
        long all = report.last().attempts();
        List<Integer> cohorts = signature.cohorts();
        List<long[]> runs = new ArrayList<>();
        for (int i = 0; i < cohorts.size(); i++) {
            if (cohorts.get(i) == 0 || i * each >= all) {
                continue;
            }
            long end = Math.min(all, (i + 1) * each);
            long[] last = runs.isEmpty() ? new long[] {-1, -1} : runs.get(runs.size() - 1);
            if (last[1] == i * each) {
                last[1] = end;
            } else {
                runs.add(new long[] {i * each, end});
            }
        }
        if (runs.isEmpty() || runs.size() > 2) {
            return "";
        }
        long[] first = runs.get(0);
        long[] last = runs.get(runs.size() - 1);
        boolean isFromStart = first[0] == 0;
        boolean isToEnd = last[1] == all;
        if (runs.size() == 2) {
            return isFromStart && isToEnd
                    ? format("from the first %,d and the last %s", first[1], attempts(last[1] - last[0]))
                    : "";
        }
        if (isFromStart) {
            return isToEnd ? "" : "from the first " + attempts(first[1]);
        }
        return isToEnd
                ? "from the last " + attempts(last[1] - last[0])
                : format("from %ss %,d to %,d", attempt(), first[0] + 1, first[1]);
    }

    private void rest(List<Signature> rest) {
        int attempts = rest.stream().mapToInt(Signature::attempts).sum();
        long bytes = rest.stream().mapToLong(Signature::retainedBytes).sum();
        paragraph((rest.size() == 1 ? "Another path retains " : format("Another %,d paths retain ", rest.size()))
                + counted(attempts) + ", " + new ByteSize(bytes) + ".");
    }

    private List<String> anatomyOf(String type) {
        return explanation.anatomies().stream()
                .filter(anatomy -> anatomy.type().equals(type))
                .filter(anatomy -> dissected.add(type))
                .findFirst()
                .map(anatomyText::parts)
                .orElse(List.of());
    }

    private void otherClasses() {
        List<Anatomy> others = explanation.anatomies().stream()
                .filter(anatomy -> !dissected.contains(anatomy.type()))
                .limit(MOST_OTHER_CLASSES)
                .toList();
        for (Anatomy anatomy : others) {
            page.begin(Kind.REMARK);
            page.line(anatomyText.type(anatomy) + ", " + new ByteSize(anatomy.bytes()) + " each:");
            anatomyText.write(anatomy);
        }
    }

    private void paragraph(String paragraph) {
        if (!paragraph.isBlank()) {
            page.paragraph(paragraph);
        }
    }

    /** With no word longer than a line, and nothing that breaks it. */
    private String shortened(String sentence) {
        List<String> words = new ArrayList<>();
        for (String word : sentence.split("\\s+")) {
            words.add(page.shortened(page.harmless(word), Page.COLUMNS - 10));
        }
        return String.join(" ", words);
    }

    private String counted(long attempts) {
        return format("%,d ", attempts) + attempt() + (attempts == 1 ? "" : "s");
    }

    private String attempts(long attempts) {
        return attempts == 1 ? attempt() : counted(attempts);
    }

    private String attempt() {
        return report.settings().expect() == Expect.FAILURE ? "failure" : "attempt";
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
