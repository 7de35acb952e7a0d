package io.github.retainless.internal.output.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepSummaryTests {
    @TempDir
    Path folder;

    @Test
    void allVerdicts_areShownWorstFirst() {
        assertThat(text(
                        Results.released("charge()"),
                        Results.boundedAbove("lastError()"),
                        Results.undecided("lookUp()", "lookUp() proves nothing: the task did not fail.\n"),
                        Results.growing("declined()", "declined() retains all.\n\n  round")))
                .isEqualTo(
                        """
                        ### ❌ 3 of 4 retention tests failed: 1 GROWING, 1 UNDECIDED, 1 BOUNDED, 1 RELEASED

                        | test | verdict | retained | per failure |
                        |---|---|--:|--:|
                        | <code>PaymentTest.declined()</code> | ❌ GROWING | 200 of 200 | 62.5 KiB |
                        | <code>PaymentTest.lookUp()</code> | ❌ UNDECIDED | – | – |
                        | <code>PaymentTest.lastError()</code> | ❌ BOUNDED | 4 of 200 | – |
                        | <code>PaymentTest.charge()</code> | ✅ RELEASED | 0 of 100 | – |

                        <details><summary><code>PaymentTest.declined()</code> GROWING</summary>

                        ```text
                        declined() retains all.

                          round
                        ```

                        </details>

                        <details><summary><code>PaymentTest.lookUp()</code> UNDECIDED</summary>

                        ```text
                        lookUp() proves nothing: the task did not fail.
                        ```

                        </details>

                        <details><summary><code>PaymentTest.lastError()</code> BOUNDED</summary>

                        ```text
                        lastError() retains up to 4 of the exceptions it throws; at most 1 may be.
                        ```

                        </details>

                        """);
    }

    @Test
    void nothingFailed_isOneTable() {
        assertThat(text(Results.released("charge()")))
                .isEqualTo(
                        """
                        ### ✅ 1 retention test passed: 1 RELEASED

                        | test | verdict | retained | per failure |
                        |---|---|--:|--:|
                        | <code>PaymentTest.charge()</code> | ✅ RELEASED | 0 of 100 | – |

                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '^',
            value = {
                "a|b~a&#124;b",
                "<script>alert(1)</script>~&#60;script&#62;alert(1)&#60;&#47;script&#62;",
                "`rm`~&#96;rm&#96;",
                "[x](javascript:y)~&#91;x&#93;(javascript&#58;y)",
                "**b** _i_ \\~&#42;&#42;b&#42;&#42; &#95;i&#95; &#92;",
                "www.evil.example~www&#46;evil.example",
                "https://evil.example~https&#58;&#47;&#47;evil.example",
                "@octocat #1 $x$~&#64;octocat &#35;1 &#36;x&#36;",
                "&amp;~&#38;amp&#59;",
                "abgelehnte Überweisung~abgelehnte Überweisung"
            })
    void hostileName_isText(String name, String shown) {
        assertThat(text(Results.growing(name, "message")))
                .contains("| <code>PaymentTest." + shown + "</code> | ❌")
                .contains("<details><summary><code>PaymentTest." + shown + "</code> ");
    }

    @Test
    void nameOfManyLines_staysOnOne() {
        assertThat(text(Results.growing("a\n## b\r\n| c\u2028d\u202Ee\u0000", "message")))
                .contains("| <code>PaymentTest.a &#35;&#35; b  &#124; c d\uFFFDe\uFFFD</code> | ❌ GROWING |");
    }

    @Test
    void longName_isCut() {
        assertThat(text(Results.growing("x".repeat(5_000), "message")))
                .contains("<code>PaymentTest." + "x".repeat(199 - "PaymentTest.".length()) + "…</code>");
    }

    @Test
    void fencesInTheMessage_doNotEndTheBlock() {
        assertThat(text(Results.growing("declined()", "a ``` b\n`````\n</details><script>")))
                .contains("\n\n``````text\na ``` b\n`````\n</details><script>\n``````\n\n</details>\n");
    }

    @Test
    void manyTests_fillFiftyRows() {
        String text = text(IntStream.range(0, 60)
                .mapToObj(i -> Results.released("test" + i + "()"))
                .toArray(TestResult[]::new));

        assertThat(text.lines().filter(line -> line.startsWith("| <code>"))).hasSize(50);
        assertThat(text).endsWith("\n\nand 10 more\n\n");
    }

    @Test
    void littleRoom_cutsWholeTestsAndSaysSo() {
        WorstResults worst = worst(Stream.of(
                Results.growing("huge()", "h".repeat(5_000), 70_000, "map"),
                Results.growing("small()", "small() retains all.", 60_000, "map")));

        assertThat(new StepSummary(worst).text(2_000))
                .contains("</code> GROWING</summary>\n\n```text\nsmall() retains all.\n```")
                .doesNotContain("hhh")
                .endsWith("</details>\n\nThere was no room for the messages of 1 more that failed.\n\n");
    }

    @Test
    void noRoom_givesNothing() {
        assertThat(new StepSummary(worst(Stream.of(Results.growing("declined()", "message")))).text(100))
                .isEmpty();
    }

    @Test
    void thousandsOfFailures_stayBelowTheLimit() throws IOException {
        Path file = folder.resolve("summary.md");
        for (int jvm = 0; jvm < 3; jvm++) {
            new StepSummary(worst(IntStream.range(0, 1_000)
                            .mapToObj(i -> Results.growing("test" + i + "()", "ü".repeat(4_000)))))
                    .append(file);
        }

        assertThat(Files.size(file)).isBetween(900_000L, 1_000_000L);
        assertThat(Files.readString(file).lines().filter(line -> line.startsWith("There was no room")))
                .containsExactly(
                        "There was no room for the messages of 878 more that failed.",
                        "There was no room for the messages of 1,000 more that failed.");
    }

    @Test
    void severalAtATime_appendWhole() throws Exception {
        Path file = folder.resolve("summary.md");
        String one = text(Results.growing("declined()", "m".repeat(10_000)));
        ExecutorService writers = Executors.newFixedThreadPool(4);
        try {
            Callable<Object> append = () -> {
                new StepSummary(worst(Stream.of(Results.growing("declined()", "m".repeat(10_000))))).append(file);
                return "";
            };
            for (var written : writers.invokeAll(
                    IntStream.range(0, 20).mapToObj(i -> append).toList())) {
                written.get();
            }
        } finally {
            writers.shutdown();
        }

        assertThat(Files.readString(file, UTF_8)).isEqualTo(one.repeat(20));
    }

    @Test
    void noTests_writeNothing() throws IOException {
        Path file = folder.resolve("summary.md");

        new StepSummary(new WorstResults(1)).append(file);

        assertThat(file).doesNotExist();
    }

    @Test
    void folderInPlaceOfTheFile_isAnIOException() {
        StepSummary summary = new StepSummary(worst(Stream.of(Results.released("charge()"))));

        assertThatIOException().isThrownBy(() -> summary.append(folder));
    }

    private static String text(TestResult... results) {
        return new StepSummary(worst(Stream.of(results))).text(StepSummary.MOST_BYTES);
    }

    private static WorstResults worst(Stream<TestResult> results) {
        WorstResults worst = new WorstResults(StepSummary.MOST_TESTS);
        results.forEach(worst::add);
        return worst;
    }
}
