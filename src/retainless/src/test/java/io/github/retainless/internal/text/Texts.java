package io.github.retainless.internal.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.experiment.RetentionReport;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;

/** Texts of reports that do not depend on the console. */
public final class Texts {
    private Texts() {}

    /** What follows the table of the report: all of its text between that and the environment. */
    public static String explanation(RetentionReport report) {
        return explanation(report, UTF_8);
    }

    static String explanation(RetentionReport report, Charset charset) {
        return new ReportMessage(ExplanationText.of(report, charset)).text();
    }

    /** The bare trees of all signatures, in alphabetical order, each after the number of failures it is of. */
    public static String trees(RetentionReport report) {
        return report.explanation().signatures().stream()
                .map(signature -> {
                    Page page = new Page(UTF_8);
                    new TraceText(page, signature).write(List.of());
                    return page.toString().strip() + " (" + signature.attempts() + ")";
                })
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
