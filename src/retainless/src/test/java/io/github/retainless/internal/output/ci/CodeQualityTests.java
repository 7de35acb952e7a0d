package io.github.retainless.internal.output.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.retainless.internal.output.results.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeQualityTests {
    @TempDir
    Path folder;

    @Test
    void nothingFailed_isAnEmptyArray() throws IOException {
        assertThat(text(Results.released("charge()"))).isEqualTo("[]\n");
    }

    @Test
    void failure_isWrittenWhole() throws IOException {
        Path source = folder.resolve("src/test/java/io/acme/PaymentTest.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "package io.acme;\n\nclass PaymentTest {\n    void declined() {}\n}\n");

        assertThat(text(Results.growing("declined()", "declined() retains all: <all>.\n\n  round")))
                .isEqualTo(
                        """
                        [
                          {
                            "description": "declined() retains all: <all>. Likely: futures leave the registry only on success. Remove them in whenComplete, not in thenRun.",
                            "check_name": "retainless-growing",
                            "fingerprint": "%s",
                            "severity": "critical",
                            "location": {
                              "path": "src/test/java/io/acme/PaymentTest.java",
                              "lines": {
                                "begin": 4
                              }
                            }
                          }
                        ]
                        """,
                        fingerprint(Results.growing("declined()", "m")));
    }

    @Test
    void verdicts_haveSeverities() throws IOException {
        JsonArray issues =
                issues(Results.growing("a()", "a"), Results.boundedAbove("b()"), Results.undecided("c()", "c"));

        assertThat(StreamSupport.stream(issues.spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .map(issue -> issue.get("check_name").getAsString() + " "
                                + issue.get("severity").getAsString()))
                .containsExactlyInAnyOrder(
                        "retainless-growing critical", "retainless-bounded major", "retainless-undecided minor");
    }

    @Test
    void otherFigures_haveTheSameFingerprint() throws IOException {
        assertThat(fingerprint(Results.growing("declined()", "of 300", 64_000, "inFlight")))
                .isEqualTo(fingerprint(Results.growing("declined()", "of 400", 65_000, "inFlight")));
    }

    @Test
    void otherHolderOrTest_hasAnotherFingerprint() throws IOException {
        assertThat(fingerprint(Results.growing("declined()", "m", 64_000, "inFlight")))
                .isNotEqualTo(fingerprint(Results.growing("declined()", "m", 64_000, "history")))
                .isNotEqualTo(fingerprint(Results.growing("timedOut()", "m", 64_000, "inFlight")))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void sameTestTwice_isOneIssue() throws IOException {
        assertThat(issues(Results.growing("declined()", "of 300"), Results.growing("declined()", "of 400")))
                .hasSize(1);
    }

    @Test
    void order_doesNotDependOnThatOfTheTests() throws IOException {
        TestResult one = Results.growing("one()", "one");
        TestResult two = Results.growing("two()", "two");

        assertThat(text(one, two)).isEqualTo(text(two, one));
    }

    @Test
    void hostileText_comesBackAsItWas() throws IOException {
        String hostile = "\"}] `a` | <script>alert(1)</script> ::error:: %0A \\u0000";
        JsonObject issue =
                issues(Results.undecided("declined()", hostile)).get(0).getAsJsonObject();

        assertThat(issue.get("description").getAsString()).isEqualTo(hostile);
    }

    @Test
    void testWithoutSource_isPlacedByItsClass() throws IOException {
        JsonObject issue = issues(Results.undecided("declined()", "m")).get(0).getAsJsonObject();

        assertThat(issue.getAsJsonObject("location").get("path").getAsString()).isEqualTo("io.acme.PaymentTest");
    }

    @Test
    void thousandsOfFailures_giveAThousandIssues() throws IOException {
        assertThat(issues(IntStream.range(0, 1_200)
                        .mapToObj(i -> Results.undecided("test" + i + "()", "m"))
                        .toArray(TestResult[]::new)))
                .hasSize(1_000);
    }

    private String fingerprint(TestResult result) throws IOException {
        return issues(result).get(0).getAsJsonObject().get("fingerprint").getAsString();
    }

    private JsonArray issues(TestResult... results) throws IOException {
        return JsonParser.parseString(text(results)).getAsJsonArray();
    }

    private String text(TestResult... results) throws IOException {
        CodeQuality codeQuality = new CodeQuality(new Sources(folder, folder));
        for (TestResult result : results) {
            codeQuality.add(result);
        }
        Path file = folder.resolve("report/gl-code-quality-report.json");
        codeQuality.write(file);
        return Files.readString(file);
    }
}
