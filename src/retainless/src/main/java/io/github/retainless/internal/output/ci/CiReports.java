package io.github.retainless.internal.output.ci;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells the build server that the tests run on how they ended, as its environment variables ask for:
 *
 * <ul>
 *   <li>GitHub Actions ({@code GITHUB_ACTIONS}): a summary of the step and up to ten annotations;
 *   <li>GitLab ({@code GITLAB_CI}): a code quality report, {@code gl-code-quality-report.json}.
 * </ul>
 *
 * Elsewhere it does nothing. It holds no more results than it shows.
 */
public final class CiReports {
    /** The file for GitLab. A job can hand over one such file, so several modules or JVMs need a merged one. */
    public static final String CODE_QUALITY_FILE = "gl-code-quality-report.json";

    private final CiEnvironment environment;
    private final WorstResults worst = new WorstResults(StepSummary.MOST_TESTS);
    private final Sources sources;
    private final CodeQuality codeQuality;

    private CiReports(CiEnvironment environment) {
        this.environment = environment;
        this.sources = new Sources(environment.workingDirectory(), environment.root());
        this.codeQuality = new CodeQuality(sources);
    }

    /**
     * Those that an environment asks for.
     *
     * @param variables the environment variables, such as {@code System::getenv}; null for what is not set
     */
    public static CiReports of(Function<String, @Nullable String> variables) {
        return of(variables, Path.of(""));
    }

    /**
     * The same for tests that ran elsewhere.
     *
     * @param workingDirectory where sources are looked for first
     */
    public static CiReports of(Function<String, @Nullable String> variables, Path workingDirectory) {
        return new CiReports(new CiEnvironment(variables, workingDirectory));
    }

    /** One more test of the step, passed or failed. */
    public void add(TestResult result) {
        if (environment.isGitHub()) {
            worst.add(result);
        }
    }

    /** One more test of the job, passed or failed: also those of JVMs before, since a job hands over one file. */
    public void addOfJob(TestResult result) {
        if (environment.isGitLab()) {
            codeQuality.add(result);
        }
    }

    /**
     * Writes what there is to say; once.
     *
     * @param folder where files go that the build server is to fetch
     * @param console what the build server reads, such as {@code System.out}; a line is written at once
     * @throws IOException if not all could be written; all that could be was
     */
    public void finish(Path folder, Appendable console) throws IOException {
        IOException unwritable = null;
        try {
            annotate(console);
        } catch (IOException e) {
            unwritable = e;
        }
        try {
            summarize();
        } catch (IOException e) {
            unwritable = withFirst(unwritable, e);
        }
        try {
            if (environment.isGitLab()) {
                codeQuality.write(folder.resolve(CODE_QUALITY_FILE));
            }
        } catch (IOException e) {
            unwritable = withFirst(unwritable, e);
        }
        if (unwritable != null) {
            throw unwritable;
        }
    }

    private void annotate(Appendable console) throws IOException {
        for (String line : new Annotations(worst, sources).lines()) {
            console.append(line + System.lineSeparator());
        }
    }

    private void summarize() throws IOException {
        String file = environment.stepSummary();
        if (file.isEmpty()) {
            return;
        }
        try {
            new StepSummary(worst).append(Path.of(file));
        } catch (InvalidPathException wrong) {
            throw new IOException("GITHUB_STEP_SUMMARY is no file: " + wrong.getMessage(), wrong);
        }
    }

    private static IOException withFirst(@Nullable IOException first, IOException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
