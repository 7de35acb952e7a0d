package io.github.retainless.internal.output.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.WriterOutput;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.AtomicFile;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** All results on one page that needs nothing else: no network, no other file. */
public final class HtmlPage {
    /** Of how many tests a page shows anything, so that it stays small. */
    public static final int MOST_ROWS = 500;

    private static final int MOST_SHOWN = 50;

    private static final String TEMPLATES = "io.github.retainless.internal.output.page.templates";

    private final WorstResults results;
    private final List<TestView> rows = new ArrayList<>();
    private final List<String> notices;

    /** How many tests have a verdict, and what it means. */
    public record Count(Verdict verdict, String tests, String meaning) {}

    /**
     * A page.
     *
     * @param results what it shows: of {@value #MOST_ROWS} tests a row, of 50 charts and more, the worst ones
     * @param notices what the reader has to know first, in whole sentences
     */
    public HtmlPage(WorstResults results, List<String> notices) {
        this.results = results;
        this.notices = List.copyOf(notices);
        for (TestResult result : results.tests(MOST_ROWS)) {
            rows.add(new TestView(result, anchor(result.id()), rows.size() < MOST_SHOWN));
        }
    }

    /** Where on the page a test is, by its id; the same in every run, so that a link goes on leading to it. */
    public static String anchor(String id) {
        return id.replaceAll("[^\\p{L}\\p{N}._$-]", "_");
    }

    /** Writes it, in place of one that is there. */
    public void write(Path file) throws IOException {
        TemplateEngine engine =
                TemplateEngine.createPrecompiled(null, ContentType.Html, HtmlPage.class.getClassLoader(), TEMPLATES);
        AtomicFile.write(file, out -> {
            Writer writer = new OutputStreamWriter(out, UTF_8);
            engine.render("page.jte", this, new WriterOutput(writer));
            writer.flush();
        });
    }

    public String title() {
        return "Retention of exceptions";
    }

    public List<Count> counts() {
        return WorstResults.VERDICTS.stream()
                .filter(verdict -> results.count(verdict) > 0)
                .map(verdict ->
                        new Count(verdict, String.format(Locale.ROOT, "%,d", results.count(verdict)), meaning(verdict)))
                .toList();
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case GROWING -> "failures pile up";
            case UNDECIDED -> "could not be told";
            case BOUNDED -> "some stay, no more come";
            case RELEASED -> "nothing stays";
        };
    }

    public String summary() {
        return String.format(
                Locale.ROOT,
                "What stays in memory when async tasks fail: %,d of %,d tests failed",
                results.failed(),
                results.tests());
    }

    public List<String> notices() {
        return notices;
    }

    public String caption() {
        return results.tests() > rows.size()
                ? String.format(
                        Locale.ROOT,
                        "The %,d worst of %,d tests; all are in the files that this page was made of",
                        rows.size(),
                        results.tests())
                : "All tests, the worst first";
    }

    public List<TestView> rows() {
        return rows;
    }

    public List<TestView> tests() {
        return rows.stream().filter(TestView::isShown).toList();
    }

    public String footer() {
        return "Written by Retainless.";
    }

    /** Only what stands on the page may run, and it may fetch nothing. */
    public String policy() {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-" + hash(script())
                + "'";
    }

    public String style() {
        return resource("uplot/uPlot.min.css") + unindented("page.css");
    }

    public String script() {
        return resource("uplot/uPlot.iife.min.js") + "\n" + unindented("page.js");
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /**
     * Leaves out the indentation, which only a reader of the source needs. No string in these files spans two lines.
     */
    private static String unindented(String name) {
        return resource(name).replaceAll("(?m)^ +", "");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path beside " + HtmlPage.class.getName());
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
