package io.github.retainless.internal.output.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTests {
    private static final List<Throwable> KEPT = new ArrayList<>();
    private static RetentionReport growing;

    @TempDir
    Path folder;

    @BeforeAll
    static void leak() {
        growing = RetentionExperiment.of((RetentionExperiment.Action) () -> {
                    IllegalStateException failure = new IllegalStateException("declined");
                    KEPT.add(failure);
                    throw failure;
                })
                .failures(10)
                .budget(1)
                .weighFailures()
                .run();
        KEPT.clear();
    }

    @Test
    void results_comeBackAsTheyWere() throws IOException {
        ResultsFile file = new ResultsFile(folder, origin());
        TestResult first = result("first");
        TestResult second = result("second, \u2028 </script> \"quoted\" \u0000");

        file.add(first);
        file.add(second);

        try (ResultsReader reader = new ResultsReader(file.path())) {
            assertThat(reader.origin()).isEqualTo(origin());
            assertIsLike(reader.next(), first);
            assertIsLike(reader.next(), second);
            assertThat(reader.next()).isNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void cutFile_givesWhatIsWholeAndSaysSo() throws IOException {
        ResultsFile file = new ResultsFile(folder, origin());
        file.add(result("first"));
        file.add(result("second"));
        byte[] whole = Files.readAllBytes(file.path());
        Files.write(file.path(), Arrays.copyOf(whole, whole.length - 50));

        try (ResultsReader reader = new ResultsReader(file.path())) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next)
                    .isInstanceOf(DamagedResultsException.class)
                    .hasMessageStartingWith(file.path() + " is cut or broken: ");
        }
    }

    @Test
    void results_areAsTheSchemaSays() throws IOException {
        ResultsFile file = new ResultsFile(folder, origin());
        file.add(result("first"));
        JsonSchema schema;
        try (InputStream text = ResultsFile.class.getResourceAsStream("results.schema.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(text);
        }

        assertThat(schema.validate(Files.readString(file.path()), InputFormat.JSON))
                .isEmpty();
    }

    /** Times are written in milliseconds. */
    private static void assertIsLike(@Nullable TestResult result, TestResult written) {
        assertThat(result)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.toMillis() == b.toMillis(), Duration.class)
                .isEqualTo(written);
    }

    private static Origin origin() {
        return new Origin("abc", Instant.parse("2026-01-02T03:04:05Z"), new Shard(3, 8));
    }

    private static TestResult result(String message) {
        return new TestResult("id", "io.acme.PaymentTest", "declined()", false, message, List.of(), "", "", growing);
    }
}
