package io.github.retainless.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.retainless.testing.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A baseline after any accident is read, or refused by an exception that names the file; nothing else. */
class BaselineMutationTests {
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
        "-0",
        "NaN",
        "99999999999999999999",
        "1.5",
        "'",
        "#",
        "//",
        "/*",
        ")]}'\n",
        "\"leaks\": ",
        "\"path\": ",
        "\"test\": \"a\",",
        "\"version\": 2",
        "\"expires\": \"+999999999-12-31\"",
        "\u2028",
        "[".repeat(20_000),
        "{\"leaks\":[".repeat(5_000),
        "\"path\":" + "[".repeat(3_000),
        "\n<<<<<<< HEAD\n"
    };

    @TempDir
    Path folder;

    @Test
    void mutatedBaseline_isReadOrRefused() throws IOException {
        Path path = folder.resolve("baseline.json");
        BaselineFile file = new BaselineFile(path);
        file.write(List.of(
                new BaselineEntry(
                        "io.acme.PaymentTest.declined()",
                        List.of("static io.acme.Payments.FAILED", "ArrayList[*]", "io.acme.Declined"),
                        66_458,
                        "ACME-123: <the \"old\" pool> ä",
                        LocalDate.parse("2027-03-31")),
                new BaselineEntry(
                        "io.acme.RefundTest.declined()",
                        List.of("static A.FAILED", "io.acme.Declined"),
                        0,
                        "ACME-7",
                        null)));
        String original = Files.readString(path);
        int read = 0;
        int cases = Mutations.cases(1_500);
        for (long seed = 0; seed < cases; seed++) {
            byte[] mutated = Mutations.of(original, Mutations.random(seed), WORDS);
            Files.write(path, mutated);
            read += isRead(file, seed) ? 1 : 0;
        }
        assertThat(read).as("of %s, which were read", cases).isBetween(1, cases - 1);
    }

    private static boolean isRead(BaselineFile file, long seed) {
        try {
            for (BaselineEntry leak : file.read()) {
                assertThat(leak.bytesPerFailure()).as("seed %s", seed).isNotNegative();
                assertThat(leak.path()).as("seed %s", seed).hasSizeGreaterThan(1);
            }
            return true;
        } catch (BrokenBaselineException refused) {
            assertThat(refused).as("seed %s", seed).hasMessageContaining("The baseline " + file.name());
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError other) {
            return fail("seed " + seed, other);
        }
    }
}
