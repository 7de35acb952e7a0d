package io.github.retainless.internal.output.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.retainless.experiment.Growth;
import io.github.retainless.internal.text.Reports;
import io.github.retainless.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results after any accident are read, or refused by an exception that names the file; nothing else. */
class ResultsMutationTests {
    private static final String[] WORDS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\u0",
        "\\",
        "null",
        "true",
        "1e999",
        "-1",
        "NaN",
        "99999999999999999999",
        "1.5",
        "'",
        "#",
        "//",
        "\"report\":null",
        "\"rounds\":null",
        "\"rounds\":[null]",
        "\"verdict\":\"NONE\"",
        "\"started\":\"+1000000000-01-01T00:00:00Z\"",
        "\"shard\":{\"number\":0,\"of\":0}",
        "\"bytes\":-1",
        "[".repeat(20_000),
        "{\"report\":".repeat(5_000)
    };

    @TempDir
    Path folder;

    @Test
    void mutatedResults_areReadOrRefused() throws IOException {
        Path path = folder.resolve("results-mutated.json");
        String original = original();
        int read = 0;
        int cases = Mutations.cases(1_500);
        for (long seed = 0; seed < cases; seed++) {
            Mutations.replace(path, Mutations.of(original, Mutations.random(seed), WORDS));
            read += isRead(path, seed) ? 1 : 0;
        }
        assertThat(read).as("of %s, which were read", cases).isBetween(1, cases - 1);
    }

    private String original() throws IOException {
        ResultsFile file = new ResultsFile(folder, new Origin("jvm", Instant.EPOCH, new Shard(3, 8)));
        file.add(new TestResult(
                "io.acme.PaymentTest.declined",
                "io.acme.PaymentTest",
                "declined()",
                false,
                "declined() retains \u2028 ä",
                List.of("a remark"),
                "",
                "declined.csv",
                Reports.growing(Growth.COUNT)
                        .round(50, 50, 86_880)
                        .round(100, 100, 173_680)
                        .round(150, 150, 260_480)
                        .report()));
        file.add(new TestResult(
                "io.acme.RefundTest.declined",
                "io.acme.RefundTest",
                "declined()",
                true,
                "",
                List.of(),
                "",
                "",
                Reports.released().round(50, 0, 0).report()));
        String text = Files.readString(file.path());
        Files.delete(file.path());
        return text;
    }

    private static boolean isRead(Path file, long seed) {
        try (ResultsReader reader = new ResultsReader(file)) {
            assertThat(reader.origin()).as("seed %s", seed).isNotNull();
            int results = 0;
            while (reader.next() != null) {
                assertThat(++results).as("seed %s", seed).isLessThan(20);
            }
            return true;
        } catch (DamagedResultsException refused) {
            assertThat(refused).as("seed %s", seed).hasMessageContaining(file.toString());
            return false;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError other) {
            return fail("seed " + seed, other);
        }
    }
}
