package io.github.retainless.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.output.results.Origin;
import io.github.retainless.internal.output.results.ResultsFile;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.output.results.TestResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void testsThatPass_areCountedWithExitCode0() throws IOException {
        write(1, 2, SyntheticResults.released("a"));
        write(2, 2, SyntheticResults.released("b"));

        assertThat(mergeFolder()).isZero();
        assertThat(printed()).isEqualTo("retainless: 2 tests, 0 failed; 2 RELEASED\nPage: <out>/index.html\n");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void testThatFails_isNamedWithExitCode1() throws IOException {
        write(1, 1, SyntheticResults.released("a"), SyntheticResults.growing("b"));

        assertThat(mergeFolder()).isEqualTo(1);
        assertThat(printed())
                .isEqualTo("retainless: 2 tests, 1 failed; 1 RELEASED, 1 GROWING\n"
                        + "FAILED io.acme.PaymentTest.b(): declinedPayment() retains the exceptions it throws:"
                        + " 50 of every 50 stay reachable, 1.7 KiB each.\n"
                        + "Page: <out>/index.html\n");
    }

    @Test
    void missingShard_isToldWithExitCode1() throws IOException {
        write(2, 2, SyntheticResults.released("a"));

        assertThat(mergeFolder()).isEqualTo(1);
        assertThat(printed()).contains("Of 2 shards, 1 has no results: 1.");
        assertThat(page()).contains("Of 2 shards, 1 has no results: 1.");
    }

    @Test
    void summaryAndPage_areFilesToo() throws IOException {
        write(1, 1, SyntheticResults.growing("b"));

        mergeFolder();

        assertThat(folder.resolve("out/summary.txt")).usingCharset(UTF_8).hasContent(out.toString(UTF_8));
        assertThat(page()).contains("1 of 1 tests failed", "io.acme.PaymentTest");
    }

    @Test
    void whatComesOutOfResults_isOneLineThatBeginsWithOurs() throws IOException {
        TestResult hostile = SyntheticResults.growing("x\n::error::\u001b[31m");
        write(1, 1, hostile);

        mergeFolder();

        assertThat(out.toString(UTF_8).lines())
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("FAILED io.acme.PaymentTest.x?::error::?[31m(): ");
    }

    @Test
    void manyTestsThatFail_areNamedInPart() throws IOException {
        SyntheticResults.write(folder, 1, 102);

        mergeFolder();

        assertThat(printed().lines().filter(line -> line.startsWith("FAILED"))).hasSize(50);
        assertThat(printed()).contains("\nand 1 more failed\n");
    }

    @Test
    void noFolder_isWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("retainless: no folder was given: write those that hold results; --help tells more"
                        + System.lineSeparator());
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void unknownOption_isWrongUsage() {
        assertThat(run("--output", "x", "y")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("\"--output\" is not an option: there are --out and --help");
    }

    @Test
    void outWithoutFolder_isWrongUsage() {
        assertThat(run("x", "--out")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--out is the last word: write a folder after it");
    }

    @Test
    void folderThatIsNotThere_isNamedAndNothingIsWritten() {
        assertThat(run(
                        "--out",
                        folder.resolve("out").toString(),
                        folder.resolve("missing").toString()))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("missing does not exist");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void help_tellsHow() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--out <folder>", "target/retainless", "Exit code");
    }

    private void write(int shard, int total, TestResult... results) throws IOException {
        ResultsFile file = new ResultsFile(
                folder.resolve("shard-" + shard), new Origin("jvm-" + shard, Instant.EPOCH, new Shard(shard, total)));
        for (TestResult result : results) {
            file.add(result);
        }
    }

    private int mergeFolder() {
        return run("--out", folder.resolve("out").toString(), folder.toString());
    }

    private int run(String... words) {
        return Main.run(
                List.of(words), variable -> null, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private String printed() {
        return out.toString(UTF_8).replace(folder.resolve("out").toString().replace('\\', '/'), "<out>");
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("out/index.html"));
    }
}
