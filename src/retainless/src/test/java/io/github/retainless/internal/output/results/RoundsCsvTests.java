package io.github.retainless.internal.output.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.text.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsCsvTests {
    private static final RetentionReport REPORT = Reports.bounded()
            .round(50, 1, 70_000)
            .truncatedRound(1_600, 1_200, 1_234_567)
            .report();
    private static final String CSV =
            """
            round,failures,retained,footprint_bytes,footprint_objects,footprint_truncated,collections,elapsed_ms
            1,50,1,70000,5,false,4,250
            2,1600,1200,1234567,6000,true,4,500
            """;

    @TempDir
    Path folder;

    private static Path[] in(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toArray(Path[]::new);
        }
    }

    @Test
    void report_isARowPerRound() {
        assertThat(RoundsCsv.of(REPORT)).isEqualTo(CSV);
    }

    @Test
    void reportWithoutRounds_isAHeader() {
        assertThat(RoundsCsv.of(Reports.released().report()))
                .isEqualTo(CSV.lines().findFirst().orElseThrow() + "\n");
    }

    @Test
    void file_isWritten_inANewFolder_andNothingElse() throws IOException {
        Path nested = folder.resolve("target/retainless");

        Path file = RoundsCsv.write(REPORT, nested, "declinedPayment");

        assertThat(file)
                .isEqualTo(nested.resolve("declinedPayment.csv"))
                .usingCharset(UTF_8)
                .hasContent(CSV);
        assertThat(in(nested)).containsExactly(file);
    }

    @Test
    void file_isOverwritten() throws IOException {
        RoundsCsv.write(Reports.released().report(), folder, "task");

        Path file = RoundsCsv.write(REPORT, folder, "task");

        assertThat(file).usingCharset(UTF_8).hasContent(CSV);
        assertThat(in(folder)).containsExactly(file);
    }

    @ParameterizedTest
    @CsvSource({
        "a.B$C.task(Attempt), a.B$C.task_Attempt_.csv",
        "../../etc/passwd, .._.._etc_passwd.csv",
        "C:\\con?*<>|, C__con_____.csv",
    })
    void name_isMadeSafe(String name, String file) throws IOException {
        assertThat(RoundsCsv.write(REPORT, folder, name))
                .isEqualTo(folder.resolve(file))
                .usingCharset(UTF_8)
                .hasContent(CSV);
    }

    /** With the C locale the file system cannot encode them. */
    @Test
    void nameOfAnyLetters_isWritten() throws IOException {
        Path file = RoundsCsv.write(REPORT, folder, "Überweisung 支払い-1");

        assertThat(in(folder)).containsExactly(file);
        assertThat(file).usingCharset(UTF_8).hasContent(CSV);
    }

    @Test
    void folderThatIsAFile_isRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> RoundsCsv.write(REPORT, file, "task")).isInstanceOf(IOException.class);
        assertThat(file).isEmptyFile();
    }

    @Test
    void fileThatCannotBeReplaced_leavesNothingBehind() throws IOException {
        Path inTheWay = folder.resolve("task.csv");
        Files.createDirectories(inTheWay.resolve("full"));

        assertThatThrownBy(() -> RoundsCsv.write(REPORT, folder, "task")).isInstanceOf(IOException.class);
        assertThat(in(folder)).containsExactly(inTheWay);
    }
}
