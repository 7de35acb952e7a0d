package io.github.retainless.internal.output.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import io.github.retainless.internal.units.ByteSize;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The summary of a step of a GitHub workflow, in Markdown. */
final class StepSummary {
    /** How many tests it has use for. */
    static final int MOST_TESTS = 200;

    /** GitHub takes 1 MiB for a step and throws away all of a larger summary. */
    static final int MOST_BYTES = 1_000_000;

    private static final System.Logger LOG = System.getLogger("io.github.retainless");
    private static final int MOST_ROWS = 50;
    private static final int ROOM_FOR_WHAT_IS_LEFT_OUT = 200;
    private static final Pattern BACKTICKS = Pattern.compile("`+");
    private static final Pattern START_OF_LINK = Pattern.compile("(?i)(www)\\.");

    private final WorstResults worst;

    StepSummary(WorstResults worst) {
        this.worst = worst;
    }

    /** Adds it to the step's file, which may have text of others; in one go, since other JVMs may be writing too. */
    void append(Path file) throws IOException {
        if (worst.tests() == 0) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            lock(channel);
            // What others have written leaves that much less room.
            byte[] text = text((int) Math.max(0, MOST_BYTES - channel.size())).getBytes(UTF_8);
            ByteBuffer bytes = ByteBuffer.wrap(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    /** Until the channel is closed. Where there are no locks the summary may at worst get too long. */
    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException | OverlappingFileLockException failure) {
            LOG.log(Level.DEBUG, "the step summary is written without a lock", failure);
        }
    }

    /** As much as there is room for, and how much was left out. */
    String text(int mostBytes) {
        StringBuilder text = new StringBuilder();
        int room = mostBytes - ROOM_FOR_WHAT_IS_LEFT_OUT;
        for (String part : List.of(headline(), table())) {
            room -= size(part);
            if (room < 0) {
                return text.toString();
            }
            text.append(part);
        }
        long shown = 0;
        for (TestResult failure : worst.failures(MOST_TESTS)) {
            String details = details(failure);
            if (size(details) <= room) {
                room -= size(details);
                text.append(details);
                shown++;
            }
        }
        long leftOut = worst.failed() - shown;
        if (leftOut > 0) {
            text.append(format("There was no room for the messages of %,d more that failed.\n\n", leftOut));
        }
        return text.toString();
    }

    private String headline() {
        String tests = worst.tests() == 1 ? "retention test" : "retention tests";
        String outcome = worst.failed() == 0
                ? format("✅ %,d %s passed", worst.tests(), tests)
                : format("❌ %,d of %,d %s failed", worst.failed(), worst.tests(), tests);
        String verdicts = WorstResults.VERDICTS.stream()
                .filter(verdict -> worst.count(verdict) > 0)
                .map(verdict -> format("%,d %s", worst.count(verdict), verdict))
                .collect(Collectors.joining(", "));
        return "### " + outcome + ": " + verdicts + "\n\n";
    }

    private String table() {
        List<TestResult> rows = worst.tests(MOST_ROWS);
        long more = worst.tests() - rows.size();
        return "| test | verdict | retained | per failure |\n|---|---|--:|--:|\n"
                + rows.stream().map(StepSummary::row).collect(Collectors.joining())
                + (more > 0 ? format("\nand %,d more\n\n", more) : "\n");
    }

    private static String row(TestResult result) {
        RetentionReport report = result.report();
        String retained = report.rounds().isEmpty() ? "–" : format("%,d of %,d", report.retained(), report.attempts());
        long bytes = Math.max(report.bytesPerFailure(), report.heapGain().bytesPerFailure());
        return format(
                "| %s | %s %s | %s | %s |\n",
                code(OneLine.name(result)),
                result.passed() ? "✅" : "❌",
                report.verdict(),
                retained,
                bytes > 0 ? new ByteSize(bytes) : "–");
    }

    private static String details(TestResult failure) {
        Verdict verdict = failure.report().verdict();
        String fence = fence(failure.message());
        return "<details><summary>" + code(OneLine.name(failure)) + " " + verdict + "</summary>\n\n"
                + fence + "text\n"
                + failure.message().stripTrailing() + "\n"
                + fence + "\n\n</details>\n\n";
    }

    /** Longer than any in the text. */
    private static String fence(String text) {
        int longest = BACKTICKS
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        return "`".repeat(Math.max(3, longest + 1));
    }

    /** With a character reference for whatever may mean something in Markdown, a table of it, or HTML. */
    private static String code(String text) {
        StringBuilder code = new StringBuilder("<code>");
        for (char c : START_OF_LINK.matcher(text).replaceAll("$1\u0000").toCharArray()) {
            if (c == 0) {
                code.append("&#46;");
            } else if (c >= 128 || Character.isLetterOrDigit(c) || " .()".indexOf(c) >= 0) {
                code.append(c);
            } else {
                code.append("&#").append((int) c).append(';');
            }
        }
        return code.append("</code>").toString();
    }

    private static int size(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
