package io.github.retainless.internal.output.results;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import java.io.IOException;
import java.nio.file.Path;

/** The figures of a report as a table: a row per round, numbers only. */
public final class RoundsCsv {
    private static final String HEADER =
            "round,failures,retained,footprint_bytes,footprint_objects,footprint_truncated,collections,elapsed_ms\n";

    private RoundsCsv() {}

    /** The table. */
    public static String of(RetentionReport report) {
        StringBuilder csv = new StringBuilder(HEADER);
        for (Round round : report.rounds()) {
            csv.append(round.number())
                    .append(',')
                    .append(round.attempts())
                    .append(',')
                    .append(round.retained())
                    .append(',')
                    .append(round.footprint().bytes())
                    .append(',')
                    .append(round.footprint().objects())
                    .append(',')
                    .append(round.footprint().truncated())
                    .append(',')
                    .append(round.collections())
                    .append(',')
                    .append(round.elapsed().toMillis())
                    .append('\n');
        }
        return csv.toString();
    }

    /**
     * Writes the table, whole or not at all; makes the folder if need be.
     *
     * @param folder where to
     * @param name the file's name without its ending; characters that are not safe in file names are replaced
     * @return the file
     */
    public static Path write(RetentionReport report, Path folder, String name) throws IOException {
        Path file = ReportFile.in(folder, name, ".csv");
        AtomicFile.write(file, of(report));
        return file;
    }
}
