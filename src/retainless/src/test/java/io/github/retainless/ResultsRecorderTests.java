package io.github.retainless;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.output.results.ResultsReader;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;

@Slow("launches several times in each test, since results gather over launches")
class ResultsRecorderTests {
    private static final String CHARGES = ChargesTestCases.class.getName() + ".";

    @TempDir
    Path folder;

    @Test
    void eachTest_isInTheResultsAndOnThePage() throws IOException {
        Launch launch = launch(Map.of());

        List<TestResult> results = results();
        assertThat(results)
                .extracting(TestResult::id, TestResult::name, TestResult::passed)
                .containsExactlyInAnyOrder(
                        tuple(CHARGES + "kept", "kept()", false), tuple(CHARGES + "released", "released()", true));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.className()).isEqualTo(ChargesTestCases.class.getName());
            assertThat(folder.resolve(result.figures())).exists();
        });
        assertThat(page()).contains(">kept()</bdi></a>", ">released()</bdi></a>", "1 of 2 tests failed");
        String link = launch.failure("kept").getMessage().replaceAll("(?s).* Report: ", "");
        assertThat(link).isEqualTo(folder.resolve("index.html") + "#" + CHARGES + "kept");
        assertThat(page()).contains("id=\"" + CHARGES + "kept\"");
    }

    @Test
    void launchesOfAJvm_shareAFileAndTheNewestCounts() throws IOException {
        launch(Map.of());
        launch(Map.of());

        assertThat(results()).hasSize(4);
        assertThat(page()).contains("1 of 2 tests failed");
    }

    @Test
    void takenAwayResults_beginAnew() throws IOException {
        launch(Map.of());
        for (Path file : resultFiles()) {
            Files.delete(file);
        }

        launch(Map.of());

        assertThat(results()).hasSize(2);
    }

    @Test
    void shard_isInTheResults() throws IOException {
        launch(Map.of(ConfigurationKeys.SHARD.name(), "3/8"));

        try (ResultsReader reader = new ResultsReader(resultFiles().get(0))) {
            assertThat(reader.origin().shard()).isEqualTo(new Shard(3, 8));
        }
    }

    @Test
    void wrongShard_isNamed() {
        assertThat(launch(Map.of(ConfigurationKeys.SHARD.name(), "9/8")).failure("released"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(
                        "configuration parameter retainless.shard: a shard is 1 to the number of shards, but was 9/8");
    }

    @Test
    void pageThatCannotBeWritten_changesNoVerdict() throws IOException {
        Files.createDirectories(folder.resolve("index.html/in-the-way"));

        Launch launch = launch(Map.of());

        assertThat(launch.status("released")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.failure("kept")).hasMessageStartingWith("kept() retains the exceptions it throws: ");
        assertThat(results()).hasSize(2);
    }

    private Launch launch(Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put(ConfigurationKeys.REPORT_DIRECTORY.name(), folder.toString());
        return Launch.with(all, ChargesTestCases.class);
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("index.html"));
    }

    private List<Path> resultFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).collect(toList());
        }
    }

    private List<TestResult> results() throws IOException {
        List<TestResult> results = new ArrayList<>();
        for (Path file : resultFiles()) {
            try (ResultsReader reader = new ResultsReader(file)) {
                for (TestResult result = reader.next(); result != null; result = reader.next()) {
                    results.add(result);
                }
            }
        }
        return results;
    }

    @Quick
    static class ChargesTestCases {
        private static final List<Throwable> KEPT = new ArrayList<>();

        @AsyncTask
        void kept() {
            IllegalStateException declined = new IllegalStateException("declined");
            KEPT.add(declined);
            throw declined;
        }

        @AsyncTask
        void released() {
            throw new IllegalStateException("declined");
        }
    }
}
