package io.github.retainless.merge;

import io.github.retainless.internal.output.ci.CiReports;
import io.github.retainless.internal.output.page.FolderPage;
import io.github.retainless.internal.output.page.HtmlPage;
import io.github.retainless.internal.output.results.AtomicFile;
import io.github.retainless.internal.output.results.MergedResults;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes one page and one summary of the results of many JVMs and machines.
 *
 * <pre>{@code java -cp <class path> io.github.retainless.merge.Main [--out <folder>] <folder or file>...}</pre>
 *
 * <p>Writes {@code index.html} and {@code summary.txt} into the folder, by default {@code target/retainless}, and
 * prints the summary. Ends with exit code 0 if all tests have passed; 1 if any has failed or some results are missing
 * or damaged; 2 if nothing could be done.
 *
 * @since 0.1.0
 */
public final class Main {
    public static final String HELP = "--help";

    private static final String USAGE =
            """
            Makes one page and one summary of the results of many JVMs and machines.

            java -cp <class path> io.github.retainless.merge.Main [--out <folder>] <folder or file>...

              <folder or file>   where results-*.json are, at any depth; what tests have written to target/retainless
              --out <folder>     where to write index.html and summary.txt; default target/retainless
              --help             prints this

            Exit code: 0 all tests passed; 1 some failed, or results are missing or damaged; 2 nothing was done.
            """;

    private Main() {}

    /** See the class. */
    public static void main(String[] arguments) {
        int exitCode = run(List.of(arguments), System::getenv, System.out, System.err);
        if (exitCode != 0) {
            // Not always: within a JVM of Maven's, what comes after would not be done.
            System.exit(exitCode);
        }
    }

    static int run(
            List<String> words, Function<String, @Nullable String> environment, PrintStream out, PrintStream err) {
        if (words.contains(HELP)) {
            out.print(USAGE);
            return 0;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (IllegalArgumentException wrong) {
            return fail(err, wrong.getMessage() + "; " + HELP + " tells more");
        }
        try {
            return merge(arguments, environment, out);
        } catch (FileNotFoundException missing) {
            return fail(err, missing.getMessage());
        } catch (IOException e) {
            return fail(err, e.toString());
        }
    }

    private static int fail(PrintStream err, @Nullable String why) {
        err.println("retainless: " + why);
        return 2;
    }

    private static int merge(Arguments arguments, Function<String, @Nullable String> environment, PrintStream out)
            throws IOException {
        MergedResults merged = MergedResults.in(arguments.places());
        WorstResults worst = new WorstResults(HtmlPage.MOST_ROWS);
        Summary summary = new Summary();
        CiReports ci = CiReports.of(environment);
        Files.createDirectories(arguments.out());
        merged.forEach(arguments.out(), result -> {
            worst.add(result);
            summary.add(result);
            ci.add(result);
            ci.addOfJob(result);
        });
        List<String> notices = merged.notices();
        Path page = arguments.out().resolve(FolderPage.NAME);
        new HtmlPage(worst, notices).write(page);
        String text = summary.text(notices) + "Page: " + page.toString().replace('\\', '/') + "\n";
        AtomicFile.write(arguments.out().resolve("summary.txt"), text);
        out.print(text);
        ci.finish(arguments.out(), out);
        return summary.tests() > 0 && summary.failures() == 0 && merged.isComplete() ? 0 : 1;
    }
}
