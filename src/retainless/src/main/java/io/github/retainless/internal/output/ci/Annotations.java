package io.github.retainless.internal.output.ci;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Commands to GitHub that put an error to the declaration of each test that failed. */
final class Annotations {
    /** GitHub shows that many of a step. */
    static final int MOST = 10;

    private final WorstResults worst;
    private final Sources sources;

    Annotations(WorstResults worst, Sources sources) {
        this.worst = worst;
        this.sources = sources;
    }

    List<String> lines() {
        List<TestResult> failures = worst.failures(MOST);
        boolean isAll = worst.failed() <= MOST;
        List<String> lines = new ArrayList<>();
        failures.stream().limit(isAll ? MOST : MOST - 1).map(this::line).forEach(lines::add);
        if (!isAll) {
            lines.add(String.format(
                    Locale.ROOT,
                    "::error title=Retainless::%,d more retention tests failed",
                    worst.failed() - lines.size()));
        }
        return lines;
    }

    private String line(TestResult failure) {
        String location = sources.find(failure.className(), failure.name())
                .map(found -> "file=" + property(found.path()) + ",line=" + found.line() + ",")
                .orElse("");
        String title = OneLine.name(failure) + ": " + failure.report().verdict();
        String likely = OneLine.likely(failure);
        String message = OneLine.headline(failure) + (likely.isEmpty() ? "" : "\n" + likely);
        return "::error " + location + "title=" + property(title) + "::" + data(message);
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
