package io.github.retainless.examples.seedstory;

import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * The investigation this project grew from, as one program: each scenario on the leaky event loop and on the fixed one,
 * with small payloads and with the investigation's 64 MiB. Prints a table, writes its figures as CSV files, and makes a
 * page of all.
 *
 * <p>The leaky event loop is an analogue, see {@link LeakyAsyncExecutor}: the Python original cannot leak in Java in
 * the way it did.
 */
public final class SeedStory {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final Path FOLDER =
            Path.of("target", "retainless", "seed-story").toAbsolutePath();
    private static final String COLUMNS = "%-22s %9s %11s %11s  %-9s %9s %11s  %-9s %21s %7s%n";

    private final List<String> csv = new ArrayList<>();
    private final ReportFolder reports = new ReportFolder(FOLDER);
    /** What a test would say of the first leak. */
    private String said = "";

    private SeedStory() {}

    /** One executor's side of a row. */
    private record Side(RetentionReport report, long heap) {
        String retained() {
            return format("%,d/%,d", report.retained(), report.attempts());
        }

        String footprint() {
            return size(report.footprint().bytes());
        }

        String perFailure() {
            return size(report.bytesPerFailure());
        }
    }

    /** Runs everything; arguments are ignored. */
    public static void main(String[] arguments) throws IOException {
        SeedStory story = new SeedStory();
        story.csv.add("payload_bytes,scenario,executor,failures,retained,footprint_bytes,bytes_per_failure,verdict,"
                + "heap_after_gc_bytes");
        // As many failures for both: no more for what grows.
        story.table("64 KiB payloads", 64 * KIB, experiment -> experiment
                .failures(400)
                .budget(1));
        // A few of these fill a heap.
        story.table(
                "64 MiB payloads",
                64 * MIB,
                experiment -> experiment.failures(8).warmup(0).budget(1));
        System.out.printf("%nWhat a test says of the first leak:%n%n%s%n", story.said);
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve("seed-story.csv"), story.csv);
        System.out.printf("%nFigures: %s%nPage: %s%n", FOLDER, story.reports.writePage());
    }

    private interface Tuning {
        RetentionExperiment apply(RetentionExperiment experiment);
    }

    private void table(String title, int payload, Tuning tuning) throws IOException {
        System.out.printf(
                "%n%s, JDK %s, %d cores, heap limit %s%n%n",
                title,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                size(Runtime.getRuntime().maxMemory()));
        row("", "LEAKY", "", "", "", "FIXED", "", "", "heap after GC", "");
        row(
                "scenario",
                "retained",
                "bytes",
                "per failure",
                "verdict",
                "retained",
                "bytes",
                "verdict",
                "leaky / fixed",
                "ratio");
        for (Scenario scenario : Scenario.values()) {
            Side leaky = run(scenario, "leaky", LeakyAsyncExecutor::eventLoop, payload, tuning);
            Side fixed = run(scenario, "fixed", FixedAsyncExecutor::eventLoop, payload, tuning);
            row(
                    scenario.title(),
                    leaky.retained(),
                    leaky.footprint(),
                    leaky.perFailure(),
                    leaky.report().verdict().toString(),
                    fixed.retained(),
                    fixed.footprint(),
                    fixed.report().verdict().toString(),
                    size(leaky.heap()) + " / " + size(fixed.heap()),
                    format("%.1fx", (double) leaky.heap() / fixed.heap()));
        }
    }

    private static boolean passes(RetentionReport report) {
        return report.verdict() == Verdict.RELEASED || report.verdict() == Verdict.BOUNDED;
    }

    private Side run(Scenario scenario, String name, Supplier<ExecutorService> executors, int payload, Tuning tuning)
            throws IOException {
        ExecutorService executor = executors.get();
        try {
            RetentionReport report = tuning.apply(scenario.on(executor, payload))
                    .named(scenario.title() + " on the " + name + " executor, " + size(payload) + " payloads")
                    // One is enough to look at, and a dump with payloads of 64 MiB is large.
                    .explainUnless(bad -> bad.verdict() != Verdict.GROWING || payload >= MIB || !said.isEmpty())
                    .run();
            if (!report.explanation().signatures().isEmpty()) {
                said = report.text();
            }
            long heap = heapAfterCollection();
            String id = name + "-" + scenario.name().toLowerCase(Locale.ROOT) + "-" + payload;
            reports.add(id, report, passes(report));
            csv.add(format(
                    "%d,%s,%s,%d,%d,%d,%d,%s,%d",
                    payload,
                    scenario.name().toLowerCase(Locale.ROOT),
                    name,
                    report.attempts(),
                    report.retained(),
                    report.footprint().bytes(),
                    report.bytesPerFailure(),
                    report.verdict(),
                    heap));
            return new Side(report, heap);
        } finally {
            executor.shutdownNow();
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void row(Object... cells) {
        System.out.print(format(COLUMNS, cells));
    }

    private static String size(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        if (bytes < MIB) {
            return format("%.1f KiB", (double) bytes / KIB);
        }
        return bytes < GIB ? format("%.1f MiB", (double) bytes / MIB) : format("%.1f GiB", (double) bytes / GIB);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
