package io.github.retainless.internal.output.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnotationsTests {
    private static final String LIKELY =
            "%0ALikely: futures leave the registry only on success. Remove them in whenComplete, not in thenRun.";

    @TempDir
    Path folder;

    @Test
    void failure_isPutToItsDeclaration() throws IOException {
        Path file = folder.resolve("src/test/java/io/acme/PaymentTest.java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "package io.acme;\n\nclass PaymentTest {\n    @AsyncTask\n    void declined() {}\n}\n");

        assertThat(lines(
                        Results.released("charge()"),
                        Results.growing("declined()", "declined() retains all.\n\n  round")))
                .containsExactly(
                        "::error file=src/test/java/io/acme/PaymentTest.java,line=5,title=PaymentTest.declined()%3A GROWING"
                                + "::declined() retains all." + LIKELY);
    }

    @Test
    void testWithoutSource_hasNoFile() {
        assertThat(lines(Results.undecided("lookUp()", "lookUp() proves nothing: the task did not fail.")))
                .containsExactly("::error title=PaymentTest.lookUp()%3A UNDECIDED"
                        + "::lookUp() proves nothing: the task did not fail.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "a,b=c::d~a%2Cb=c%3A%3Ad~a,b=c::d",
                "::error::x~%3A%3Aerror%3A%3Ax~::error::x",
                "%0A::stop-commands::x~%250A%3A%3Astop-commands%3A%3Ax~%250A::stop-commands::x",
                "<script>~<script>~<script>",
                "100%~100%25~100%25"
            })
    void hostileText_isData(String text, String property, String data) {
        assertThat(lines(Results.undecided(text, text + "\n::error::second line")))
                .containsExactly("::error title=PaymentTest." + property + "%3A UNDECIDED::" + data);
    }

    @Test
    void lineBreaks_endNoCommand() {
        assertThat(lines(Results.undecided("a\r\n::error::b\u0085c\u2028d", "e\u2028::error::f")))
                .containsExactly("::error title=PaymentTest.a  %3A%3Aerror%3A%3Ab\uFFFDc d%3A UNDECIDED::e ::error::f");
    }

    @Test
    void emptyMessage_givesTheReport() {
        assertThat(lines(Results.undecided("lookUp()", "")))
                .containsExactly("::error title=PaymentTest.lookUp()%3A UNDECIDED"
                        + "::declinedPayment(): UNDECIDED, the task did not fail");
    }

    @Test
    void tenFailures_areAllShown() {
        assertThat(lines(failures(10))).hasSize(10).allMatch(line -> line.contains("GROWING"));
    }

    @Test
    void moreThanTenFailures_endWithHowMany() {
        assertThat(lines(failures(1_013)))
                .hasSize(10)
                .endsWith("::error title=Retainless::1,004 more retention tests failed");
    }

    private static TestResult[] failures(int failures) {
        return IntStream.range(0, failures)
                .mapToObj(i -> Results.growing("test" + i + "()", "message"))
                .toArray(TestResult[]::new);
    }

    private List<String> lines(TestResult... results) {
        WorstResults worst = new WorstResults(StepSummary.MOST_TESTS);
        for (TestResult result : results) {
            worst.add(result);
        }
        return new Annotations(worst, new Sources(folder, folder)).lines();
    }
}
