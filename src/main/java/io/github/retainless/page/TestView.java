package io.github.retainless.page;

import io.github.retainless.Expect;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Settings;
import io.github.retainless.heap.Anatomy;
import io.github.retainless.heap.ByteSize;
import io.github.retainless.heap.Footprint;
import io.github.retainless.report.HolderText;
import io.github.retainless.results.TestResult;
import io.github.retainless.trace.ClassName;
import io.github.retainless.verdict.Verdict;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A test as the page shows it: words and figures, nothing escaped yet. */
public final class TestView {
    private final TestResult result;
    private final RetentionReport report;
    private final String anchor;
    private final boolean isShown;

    /**
     * A row of the table of rounds.
     *
     * @param failures attempts until its end
     * @param elapsed since the first one began
     */
    public record Row(
            String number, String failures, String retained, String footprint, String collections, String elapsed) {}

    /** A line of a list of names and values. */
    public record Fact(String name, String value) {}

    /**
     * A part of an exception.
     *
     * @param share of the whole, in per cent
     */
    public record Part(String name, String size, String share) {}

    /**
     * What exceptions of a class consist of.
     *
     * @param title the class and its weight
     * @param chart for the bar
     * @param parts the heaviest first
     * @param advice how to make it lighter; empty if there is none
     */
    public record Consists(String title, String chart, List<Part> parts, String advice) {
        /** All in one line. */
        public String inWords() {
            return title + ": "
                    + parts.stream()
                            .map(part -> part.name() + " " + part.size())
                            .collect(Collectors.joining(", "));
        }
    }

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
        return result.passed() ? "passed" : "failed";
    }

    public String message() {
        return result.message();
    }

    /** A link that leads to a file below the page's folder, whatever the path looks like; empty if there is none. */
    public String figures() {
        if (result.figures().isEmpty()) {
            return "";
        }
        try {
            return new URI(null, null, "./" + result.figures().replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException noPath) {
            return "";
        }
    }

    /** Why it could not be decided; empty if it was. */
    public String reason() {
        return report.verdict() == Verdict.UNDECIDED ? report.reason() : "";
    }

    /** What to do about that. */
    public String remedy() {
        return report.verdict() == Verdict.UNDECIDED ? report.remedy() : "";
    }

    /** The first line of the message. */
    public String headline() {
        return result.message().lines().findFirst().orElse(report.toString());
    }

    public String retained() {
        return report.rounds().isEmpty() ? "–" : format("%,d of %,d", report.retained(), report.failures());
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

    public String spark() {
        return ChartData.spark(report);
    }

    public String growth() {
        return ChartData.growth(report, attempts());
    }

    public String ages() {
        return ChartData.ages(report, attempts());
    }

    /** In which rounds what failed that has a colour of its own, the oldest first. */
    public List<String> layers() {
        return ChartData.layers(report).stream().map(ChartData.Layer::rounds).toList();
    }

    public String growthInWords() {
        return "Retained: " + eachRound(round -> format("%,d", round.retained()));
    }

    public String bytesInWords() {
        return "Bytes retained: " + eachRound(round -> size(round.footprint()));
    }

    private String eachRound(Function<Round, String> figure) {
        return report.rounds().stream()
                        .map(round -> figure.apply(round) + format(" after %,d", round.failures()))
                        .collect(Collectors.joining(", "))
                + " " + attempts();
    }

    public String agesInWords() {
        return "Of those retained at the end, from the oldest to the newest "
                + format("%,d %s: ", report.settings().failures(), attempts())
                + report.last().cohorts().stream().map(String::valueOf).collect(Collectors.joining(", "));
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
                ChartData.anatomy(anatomy),
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
        return new Part(name.strip(), new ByteSize(part.bytes()).toString(), share < 1 ? "< 1 %" : share + " %");
    }

    /** What an attempt is called, in the plural. */
    public String attempts() {
        return report.settings().expect() == Expect.FAILURE ? "failures" : "attempts";
    }

    public List<Row> rows() {
        return report.rounds().stream().map(TestView::row).toList();
    }

    private static Row row(Round round) {
        return new Row(
                Integer.toString(round.number()),
                format("%,d", round.failures()),
                format("%,d", round.retained()),
                size(round.footprint()),
                Integer.toString(round.collections()),
                seconds(round.elapsed()));
    }

    public List<Fact> facts() {
        Settings settings = report.settings();
        return List.of(
                new Fact("failures", format("%,d", settings.failures())),
                new Fact("rounds", format("%,d", settings.rounds())),
                new Fact("warmup", format("%,d", settings.warmup())),
                new Fact("concurrency", format("%,d", settings.concurrency())),
                new Fact("timeout", seconds(settings.timeout())),
                new Fact("budget", format("%,d", settings.budget())),
                new Fact("expect", settings.expect().toString()),
                new Fact("softReferences", settings.softReferences().toString()),
                new Fact("heapGrowth", settings.heapGrowth().toString()),
                new Fact("control", Boolean.toString(settings.control())),
                new Fact(
                        "JVM",
                        "JDK " + report.jvm().version() + ", " + report.jvm().vendor() + ", "
                                + report.jvm().name()),
                new Fact(
                        "heap",
                        report.jvm().collector() + ", at most "
                                + new ByteSize(report.jvm().maxHeap())),
                new Fact("processors", Integer.toString(report.jvm().processors())),
                new Fact("collections proven by", report.proof().isEmpty() ? "nothing" : report.proof()),
                new Fact("began", report.began().toString()),
                new Fact("took", seconds(report.took())));
    }

    private static String size(Footprint footprint) {
        return new ByteSize(footprint.bytes()) + (footprint.truncated() ? "+" : "");
    }

    private static String seconds(Duration duration) {
        return format("%,.1f s", duration.toMillis() / 1000.0);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
