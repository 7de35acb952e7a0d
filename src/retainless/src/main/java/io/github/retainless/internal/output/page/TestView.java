package io.github.retainless.internal.output.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.ClassName;
import io.github.retainless.internal.text.HolderText;
import io.github.retainless.internal.units.ByteSize;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A test as the page shows it: words and figures, nothing escaped yet. */
public final class TestView {
    private final TestResult result;
    private final RetentionReport report;
    private final String anchor;
    private final boolean isShown;

    /**
     * A part of an exception.
     *
     * @param bytes how much it weighs
     * @param size the same in words
     * @param share of the whole, in per cent
     */
    public record Part(String name, long bytes, String size, String share) {}

    /**
     * What exceptions of a class consist of.
     *
     * @param title the class and its weight
     * @param parts the heaviest first
     * @param advice how to make it lighter; empty if there is none
     */
    public record Consists(String title, List<Part> parts, String advice) {}

    TestView(TestResult result, String anchor, boolean isShown) {
        this.result = result;
        this.report = result.report();
        this.anchor = anchor;
        this.isShown = isShown;
    }

    /** Where on the page it is. */
    public String anchor() {
        return anchor;
    }

    /** Whether the page shows more of it than a row. */
    public boolean isShown() {
        return isShown;
    }

    public Verdict verdict() {
        return report.verdict();
    }

    public String name() {
        return result.name();
    }

    public String className() {
        return result.className();
    }

    public String outcome() {
        return !result.passed() ? "failed" : result.baseline().isEmpty() ? "passed" : "passed, as the baseline has it";
    }

    /** What the baseline says, by paragraphs. */
    public List<String> baseline() {
        return result.baseline().lines().filter(line -> !line.isBlank()).toList();
    }

    /** A link that leads to a file below the page's folder, whatever the path looks like; empty if there is none. */
    public String figures() {
        if (result.figures().isEmpty()) {
            return "";
        }
        // Half a surrogate pair, which URI can't take, becomes a question mark.
        String path = new String(result.figures().getBytes(UTF_8), UTF_8).replace('\\', '/');
        try {
            return new URI(null, null, "./" + path, null).toASCIIString();
        } catch (URISyntaxException ignored) {
            // The name is no path.
            return "";
        }
    }

    /** The first line of the message. */
    public String headline() {
        return result.message().lines().findFirst().orElse(report.toString());
    }

    public String retained() {
        return report.rounds().isEmpty() ? "–" : format("%,d of %,d", report.retained(), report.attempts());
    }

    public String perFailure() {
        return bytesPerFailure() > 0 ? new ByteSize(bytesPerFailure()).toString() : "–";
    }

    /** After how many failures the heap is full. */
    public String fullAfter() {
        return report.verdict() == Verdict.GROWING && bytesPerFailure() > 0
                ? format("%,d", report.jvm().maxHeap() / bytesPerFailure())
                : "–";
    }

    private long bytesPerFailure() {
        return Math.max(report.bytesPerFailure(), report.heapGain().bytesPerFailure());
    }

    public boolean hasRounds() {
        return !report.rounds().isEmpty();
    }

    /** The figures of the rounds, for the charts. */
    public String rounds() {
        return hasRounds() ? ChartData.rounds(report, attempts()) : "";
    }

    public List<HolderText> holders() {
        return HolderText.of(report);
    }

    public List<Consists> anatomies() {
        return report.explanation().anatomies().stream()
                .filter(anatomy -> !anatomy.parts().isEmpty())
                .map(TestView::consists)
                .toList();
    }

    private static Consists consists(Anatomy anatomy) {
        return new Consists(
                "What weighs in " + new ClassName(anatomy.type()).qualified() + ": " + new ByteSize(anatomy.bytes())
                        + " each",
                anatomy.parts().stream()
                        .map(part -> part(part, anatomy.bytes()))
                        .toList(),
                anatomy.advice());
    }

    private static Part part(Anatomy.Part part, long of) {
        String name =
                switch (part.kind()) {
                    case PAYLOAD -> part.field() + " " + new ClassName(part.content()).simple();
                    case STACK_TRACE -> "stack trace";
                    default -> part.kind().toString().toLowerCase(Locale.ROOT);
                };
        long share = of == 0 ? 0 : Math.round(100.0 * part.bytes() / of);
        return new Part(
                name.strip(), part.bytes(), new ByteSize(part.bytes()).toString(), share < 1 ? "< 1 %" : share + " %");
    }

    /** What an attempt is called, in the plural. */
    public String attempts() {
        return report.settings().expect() == Expect.FAILURE ? "failures" : "attempts";
    }

    /** What to do if it could not be decided; empty if it was. */
    public String remedy() {
        return verdict() == Verdict.UNDECIDED ? report.remedy() : "";
    }

    /** The paragraphs of the message that say what the rest of the section does not. */
    public List<String> remarks() {
        return result.remarks();
    }

    /** As they would be written to get the same. */
    public String settings() {
        Settings settings = report.settings();
        return format(
                "failures = %d, rounds = %d, warmup = %d, concurrency = %d, timeout = \"%d ms\", budget = %d, "
                        + "expect = %s, softReferences = %s, heapGrowth = %s, compareWithSuccess = %s",
                settings.attempts(),
                settings.rounds(),
                settings.warmup(),
                settings.concurrency(),
                settings.timeout().toMillis(),
                settings.budget(),
                settings.expect(),
                settings.softReferences(),
                settings.heapGrowth(),
                settings.compareWithSuccess());
    }

    /** Where and when it was found out. */
    public String environment() {
        return format(
                "JDK %s, %s, %s, %s, heap of at most %s, %d processors, collections proven by %s. Began %s, took %s.",
                report.jvm().version(),
                report.jvm().vendor(),
                report.jvm().name(),
                report.jvm().collector(),
                new ByteSize(report.jvm().maxHeap()),
                report.jvm().processors(),
                report.proof().isEmpty() ? "nothing" : report.proof(),
                report.began().truncatedTo(ChronoUnit.SECONDS),
                seconds(report.took()));
    }

    private static String seconds(Duration duration) {
        return format("%,.1f s", duration.toMillis() / 1000.0);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
