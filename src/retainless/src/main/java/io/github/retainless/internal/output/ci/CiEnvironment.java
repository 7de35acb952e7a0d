package io.github.retainless.internal.output.ci;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The build server that the JVM runs on.
 *
 * @param variables its environment variables; null for what is not set
 * @param workingDirectory the directory that the tests run in
 */
record CiEnvironment(Function<String, @Nullable String> variables, Path workingDirectory) {
    boolean isGitHub() {
        return isTrue("GITHUB_ACTIONS");
    }

    boolean isGitLab() {
        return isTrue("GITLAB_CI");
    }

    /** The file of the step's summary; empty if there is none. */
    String stepSummary() {
        return isGitHub() ? text("GITHUB_STEP_SUMMARY") : "";
    }

    /** The root of the repository; the working directory if the environment does not say. */
    Path root() {
        String root = text(isGitHub() ? "GITHUB_WORKSPACE" : "CI_PROJECT_DIR");
        try {
            return root.isEmpty() ? workingDirectory : Path.of(root);
        } catch (InvalidPathException ignored) {
            return workingDirectory;
        }
    }

    private boolean isTrue(String variable) {
        return text(variable).equals("true");
    }

    private String text(String variable) {
        String text = variables.apply(variable);
        return text == null ? "" : text.strip();
    }
}
