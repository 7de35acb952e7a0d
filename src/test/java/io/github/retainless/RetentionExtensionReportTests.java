package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

class RetentionExtensionReportTests {
    @TempDir
    Path folder;

    @Test
    void eachTask_writesARowPerRound() throws IOException {
        Launch.with(
                        RetentionExtension.REPORT_DIRECTORY,
                        folder.resolve("new/reports").toString(),
                        TasksTestCases.class)
                .tests()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        String name = TasksTestCases.class.getName();
        try (Stream<Path> files = Files.list(folder.resolve("new/reports"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(name + ".control.csv", name + "$Inner.keepsTheFirst.csv");
        }
        assertThat(rows(name + ".control.csv"))
                .containsExactly("1,5,0,0,0,false", "2,10,0,0,0,false", "3,15,0,0,0,false");
        assertThat(rows(name + "$Inner.keepsTheFirst.csv"))
                .allMatch(row -> row.matches("\\d,\\d+,1,[1-9]\\d*,[1-9]\\d*,false"))
                .hasSize(3);
    }

    /** The rows without the number of collections and the time they took. */
    private List<String> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("new/reports").resolve(file));
        assertThat(lines.get(0))
                .isEqualTo("round,failures,retained,footprint_bytes,footprint_objects,footprint_truncated,collections,"
                        + "elapsed_ms");
        return lines.stream()
                .skip(1)
                .map(line -> line.replaceAll(",\\d+,\\d+$", ""))
                .toList();
    }

    @Quick
    static class TasksTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void control(Attempt attempt) {
            attempt.track(new Object());
        }

        @Nested
        class Inner {
            private Object first;

            @AsyncTask(expect = Expect.SUCCESS)
            void keepsTheFirst(Attempt attempt) {
                Object tracked = attempt.track(new Object());
                if (attempt.number() == 4) {
                    first = tracked;
                }
                assertThat(first == null || attempt.number() >= 4).isTrue();
            }
        }
    }

    @Test
    void figures_arePublished() {
        Launch launch = Launch.of(TasksTestCases.class);
        assertThat(launch.entries("control"))
                .containsEntry("retainless.task", "control()")
                .containsEntry("retainless.verdict", "RELEASED")
                .containsEntry("retainless.failures", "15")
                .containsEntry("retainless.retained", "0")
                .containsEntry("retainless.footprintBytes", "0")
                .containsEntry("retainless.bytesPerFailure", "0")
                .hasSize(6);
        assertThat(launch.entries("keepsTheFirst"))
                .containsEntry("retainless.verdict", "BOUNDED")
                .containsEntry("retainless.retained", "1");
    }

    @Test
    void unwritableFolder_isSaidAndChangesNoVerdict() throws IOException {
        Path file = Files.createFile(folder.resolve("in-its-place"));
        Launch launch = Launch.with(RetentionExtension.REPORT_DIRECTORY, file.toString(), BoundedTestCases.class);
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.message("tooMany"))
                .startsWith("tooMany() retains up to 1 of what it tracks; at most 0 may be.\n")
                .endsWith("\n\n  <jvm> Report: not written, java.nio.file.FileAlreadyExistsException: " + file);
    }

    @Test
    void impossibleFolder_isSaidAndChangesNoVerdict() {
        Launch launch = Launch.with(RetentionExtension.REPORT_DIRECTORY, "\0", BoundedTestCases.class);
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.message("tooMany")).contains("Report: not written, java.nio.file.InvalidPathException: ");
    }

    @Quick
    static class BoundedTestCases {
        private final Object[] last = new Object[1];

        @AsyncTask(expect = Expect.SUCCESS)
        void allowed(Attempt attempt) {
            last[0] = attempt.track(new Object());
        }

        @AsyncTask(expect = Expect.SUCCESS)
        @NoExceptionRetention(maxRetained = 0)
        void tooMany(Attempt attempt) {
            last[0] = attempt.track(new Object());
        }
    }
}
