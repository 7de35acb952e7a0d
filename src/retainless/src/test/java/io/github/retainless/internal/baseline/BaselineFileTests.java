package io.github.retainless.internal.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineFileTests {
    private static final String TEXT =
            """
            {
              "format": "retainless-baseline",
              "version": 1,
              "leaks": [
                {
                  "test": "io.acme.PaymentTest.declined()",
                  "path": [
                    "static io.acme.Payments.FAILED",
                    "ArrayList[*]",
                    "io.acme.Declined"
                  ],
                  "bytesPerFailure": 66458,
                  "reason": "ACME-123: <the \\"old\\" pool> ä",
                  "expires": "2027-03-31"
                },
                {
                  "test": "io.acme.PaymentTest.declined()",
                  "path": [
                    "thread \\"pool-*-thread-*\\"",
                    "thread-local Context.CURRENT",
                    "io.acme.Declined"
                  ],
                  "bytesPerFailure": 312,
                  "reason": "ACME-7"
                },
                {
                  "test": "io.acme.RefundTest.declined()",
                  "path": [
                    "static io.acme.Payments.FAILED",
                    "io.acme.Declined"
                  ],
                  "bytesPerFailure": 0,
                  "reason": "ACME-7"
                }
              ]
            }
            """;

    private static final BaselineEntry FIRST = new BaselineEntry(
            "io.acme.PaymentTest.declined()",
            List.of("static io.acme.Payments.FAILED", "ArrayList[*]", "io.acme.Declined"),
            66_458,
            "ACME-123: <the \"old\" pool> ä",
            LocalDate.parse("2027-03-31"));
    private static final BaselineEntry SECOND = new BaselineEntry(
            "io.acme.PaymentTest.declined()",
            List.of("thread \"pool-*-thread-*\"", "thread-local Context.CURRENT", "io.acme.Declined"),
            312,
            "ACME-7",
            null);
    private static final BaselineEntry THIRD = new BaselineEntry(
            "io.acme.RefundTest.declined()",
            List.of("static io.acme.Payments.FAILED", "io.acme.Declined"),
            0,
            "ACME-7",
            null);

    @TempDir
    private Path folder;

    private Path path;
    private BaselineFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("src").resolve("baseline.json");
        file = new BaselineFile(path);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void leaks_areWrittenInOrder_andComeBack() throws IOException {
        file.write(List.of(THIRD, SECOND, FIRST));

        assertThat(Files.readString(path)).isEqualTo(TEXT);
        assertThat(file.read()).containsExactly(FIRST, SECOND, THIRD);
        try (Stream<Path> files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void missingFile_holdsNothing() throws IOException {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void linesOfWindows_areRead() throws IOException {
        write(TEXT.replace("\n", "\r\n"));

        assertThat(file.read()).containsExactly(FIRST, SECOND, THIRD);
    }

    static List<Arguments> broken() {
        return List.of(
                Arguments.of("", "1: it ends too early"),
                Arguments.of(TEXT.substring(0, 400), "17: what stands here is no JSON"),
                Arguments.of(TEXT.replace("\"ACME-7\"", "ACME-7"), "24: what stands here is no JSON"),
                Arguments.of(TEXT + "{}", "37: what stands here is no JSON"),
                Arguments.of("[]", "1: the file must be an object, but is an array"),
                Arguments.of("null", "1: the file must be an object, but is null"),
                Arguments.of(
                        TEXT.replace("retainless-baseline", "other"),
                        "2: \"format\" is not \"retainless-baseline\", so it is no baseline"),
                Arguments.of(
                        TEXT.replace("\"version\": 1", "\"version\": 2"),
                        "3: it is of version 2, and this release reads version 1"),
                Arguments.of(
                        TEXT.replace("\"version\": 1", "\"version\": \"1\""),
                        "3: \"version\" must be a number, but is a text"),
                Arguments.of("{\"format\": \"retainless-baseline\"}", "1: \"version\" is missing"),
                Arguments.of("{}", "1: \"format\" is missing"),
                Arguments.of("{\"format\": \"retainless-baseline\",\n\"version\": 1}", "2: \"leaks\" is missing"),
                Arguments.of(
                        TEXT.replace(",\n      \"reason\": \"ACME-7\"", ""),
                        "24: the entry that ends here has no \"reason\""),
                Arguments.of(TEXT.replace("\"ACME-7\"", "\" \""), "24: \"reason\" is blank"),
                Arguments.of(TEXT.replace("\"ACME-7\"", "7"), "24: \"reason\" must be a text, but is a number"),
                Arguments.of(
                        TEXT.replace("2027-03-31", "31.3.2027"),
                        "14: \"expires\" is no date such as 2027-03-31, but \"31.3.2027\""),
                Arguments.of(
                        TEXT.replace("2027-03-31", "2027-02-30"),
                        "14: \"expires\" is no date such as 2027-03-31, but \"2027-02-30\""),
                Arguments.of(TEXT.replace("312", "-312"), "23: \"bytesPerFailure\" must be 0 or more, but is -312"),
                Arguments.of(TEXT.replace("312", "3.5"), "23: \"bytesPerFailure\" is no whole number, but 3.5"),
                Arguments.of(
                        TEXT.replace("312", "99999999999999999999"),
                        "23: \"bytesPerFailure\" is no whole number, but 99999999999999999999"),
                Arguments.of(
                        TEXT.replace("\"expires\"", "\"expiry\""),
                        "14: \"expiry\" is none of test, path, bytesPerFailure, reason, expires"),
                Arguments.of(TEXT.replace("\"version\"", "\"vers\""), "3: \"vers\" is none of format, version, leaks"),
                Arguments.of(
                        TEXT.replace("\"expires\": \"2027-03-31\"", "\"reason\": \"?\""),
                        "14: \"reason\" is there twice"),
                Arguments.of(TEXT.replace("\"ArrayList[*]\"", "\"\""), "9: \"path\" is blank"),
                Arguments.of(
                        TEXT.replace("RefundTest", "PaymentTest")
                                .replace(
                                        "static io.acme.Payments.FAILED\",\n        \"io",
                                        "static io.acme.Payments.FAILED\",\n        \"ArrayList[*]\",\n        \"io"),
                        "35: the entry for io.acme.PaymentTest.declined() that ends here is there twice, with the same path"),
                Arguments.of(
                        TEXT.replace(
                                "    {\n      \"test\": \"io.acme.RefundTest",
                                "<<<<<<< HEAD\n    {\n      \"test\": \"io.acme.RefundTest"),
                        "26: there is a merge conflict"),
                Arguments.of(
                        TEXT.replace(
                                "[\n        \"static io.acme.Payments.FAILED\",\n        \"io.acme.Declined\"\n      ]",
                                "[\"io.acme.Declined\"]"),
                        "28: \"path\" is too short: it has who holds, and the class of what is held"),
                Arguments.of(
                        TEXT.replace(
                                "{\n      \"test\": \"io.acme.RefundTest",
                                "5, {\n      \"test\": \"io.acme.RefundTest"),
                        "26: an entry must be an object, but is a number"));
    }

    @ParameterizedTest
    @MethodSource
    void broken(String text, String what) throws IOException {
        write(text);

        assertThatThrownBy(file::read)
                .isInstanceOf(BrokenBaselineException.class)
                .hasMessage("The baseline " + file.name() + " is broken, line " + what
                        + ". Correct it by hand, or restore it from version control; nothing writes it as it is.");
    }

    @Test
    void fileThatIsNoText_isBroken() throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, "ä".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(file::read)
                .isInstanceOf(BrokenBaselineException.class)
                .hasMessage("The baseline " + file.name() + " can't be read:"
                        + " java.nio.charset.MalformedInputException: Input length = 1. It has to be a text in UTF-8.");
    }

    @Test
    void fileThatCantBeWritten_isTold() throws IOException {
        Files.createDirectories(path.resolve("full"));

        assertThatThrownBy(() -> file.write(List.of(FIRST)))
                .isInstanceOf(BrokenBaselineException.class)
                .hasMessageStartingWith("The baseline " + file.name() + " can't be written: ");
    }
}
