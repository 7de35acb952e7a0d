package io.github.retainless.internal.output.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiReportsTests {
    @TempDir
    Path folder;

    private final StringBuilder console = new StringBuilder();

    @Test
    void gitHub_getsSummaryAndAnnotations() throws IOException {
        finish(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary().toString()));

        assertThat(console.toString())
                .startsWith("::error title=PaymentTest.declined()%3A GROWING::")
                .endsWith(System.lineSeparator())
                .hasLineCount(1);
        assertThat(summary()).content(UTF_8).startsWith("### ❌ 1 of 2 retention tests failed: 1 GROWING, 1 RELEASED\n");
        assertThat(codeQuality()).doesNotExist();
    }

    @Test
    void gitLab_getsCodeQuality() throws IOException {
        finish(Map.of("GITLAB_CI", "true", "CI_PROJECT_DIR", folder.toString()));

        assertThat(codeQuality()).content(UTF_8).contains("\"check_name\": \"retainless-growing\"");
        assertThat(console).isEmpty();
    }

    @Test
    void elsewhere_nothingIsWritten() throws IOException {
        finish(Map.of("GITHUB_STEP_SUMMARY", summary().toString(), "GITHUB_ACTIONS", "false", "CI", "true"));

        assertThat(console).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void unwritableSummary_stillAnnotates() {
        assertThatIOException()
                .isThrownBy(() -> finish(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", folder.toString())));
        assertThat(console.toString()).startsWith("::error ");
    }

    @Test
    void impossibleSummary_isAnIOException() {
        assertThatIOException()
                .isThrownBy(() -> finish(Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", "a\u0000b")))
                .withMessageStartingWith("GITHUB_STEP_SUMMARY is no file: ");
    }

    @Test
    void workspace_isWhatPathsStartFrom() throws IOException {
        Path source = folder.resolve("module/src/test/java/io/acme/PaymentTest.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class PaymentTest {\n    void declined() {}\n}\n");

        CiReports reports = CiReports.of(
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_WORKSPACE", folder.toString())::get, folder.resolve("module"));
        reports.add(Results.growing("declined()", "message"));
        reports.finish(folder, console);

        assertThat(console.toString()).startsWith("::error file=module/src/test/java/io/acme/PaymentTest.java,line=2,");
    }

    private void finish(Map<String, String> variables) throws IOException {
        CiReports reports = CiReports.of(variables::get, folder);
        Stream.of(Results.released("charge()"), Results.growing("declined()", "message"))
                .forEach(result -> {
                    reports.add(result);
                    reports.addOfJob(result);
                });
        reports.finish(folder, console);
    }

    private Path summary() {
        return folder.resolve("summary.md");
    }

    private Path codeQuality() {
        return folder.resolve(CiReports.CODE_QUALITY_FILE);
    }
}
