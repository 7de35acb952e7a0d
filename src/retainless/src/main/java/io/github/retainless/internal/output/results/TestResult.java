package io.github.retainless.internal.output.results;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.report.ReportValues;
import java.util.List;

/**
 * What one retention test found out.
 *
 * @param id what tells it from every other test, and is the same in the next run, such as
 *     {@code io.acme.PaymentTest.declinedCharge}
 * @param className the name of the test class; empty outside a test framework
 * @param name what the test is called within its class, such as {@code declinedCharge()}
 * @param passed whether the test passed: growth that is known, or within its limits, does
 * @param message what the test says when it fails, whether or not it has failed
 * @param remarks the paragraphs of the message that the report itself does not hold
 * @param baseline what the baseline says of the test, each paragraph and each item ({@code - }) on a line of its own;
 *     empty if it holds nothing of it
 * @param figures the CSV file with the figures, as a path from the folder of the results on; empty if there is none
 * @param report the report
 */
public record TestResult(
        String id,
        String className,
        String name,
        boolean passed,
        String message,
        List<String> remarks,
        String baseline,
        String figures,
        ReportValues report) {
    /** Copies the list. */
    public TestResult {
        remarks = List.copyOf(remarks);
    }

    /** The result of any report. */
    public TestResult(
            String id,
            String className,
            String name,
            boolean passed,
            String message,
            List<String> remarks,
            String baseline,
            String figures,
            RetentionReport report) {
        this(id, className, name, passed, message, remarks, baseline, figures, ReportValues.of(report));
    }

    TestResult withFigures(String elsewhere) {
        return new TestResult(id, className, name, passed, message, remarks, baseline, elsewhere, report);
    }
}
