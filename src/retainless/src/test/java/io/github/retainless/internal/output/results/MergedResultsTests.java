package io.github.retainless.internal.output.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.text.Reports;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedResultsTests {
    private static final Instant MORNING = Instant.parse("2026-01-02T08:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-01-02T20:00:00Z");
    private static final RetentionReport RELEASED =
            Reports.released().round(50, 0, 0).report();

    @TempDir
    Path folder;

    @Test
    void eightShards_areOne() throws IOException {
        shards(8, 1, 2, 3, 4, 5, 6, 7, 8);

        MergedResults merged = MergedResults.in(IntStream.rangeClosed(1, 8)
                .mapToObj(shard -> folder.resolve("shard-" + shard))
                .toList());

        assertThat(ids(merged))
                .containsExactlyInAnyOrder(IntStream.rangeClosed(1, 8)
                        .boxed()
                        .flatMap(shard -> List.of(shard + ".1", shard + ".2").stream())
                        .toArray(String[]::new));
        assertThat(merged.tests()).isEqualTo(16);
        assertThat(merged.isComplete()).isTrue();
        assertThat(merged.notices()).isEmpty();
    }

    @Test
    void missingShard_isTold() throws IOException {
        shards(8, 1, 2, 3, 4, 6, 7, 8);

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(merged.isComplete()).isFalse();
        assertThat(ids(merged)).hasSize(14);
        assertThat(merged.notices())
                .containsExactly(
                        "Of 8 shards, 1 has no results: 5. A shard without retention tests has none either; give each at least one.");
    }

    @Test
    void manyMissingShards_areToldInPart() throws IOException {
        shards(1_000_000_000 - 1, 1, 3);

        assertThat(MergedResults.in(List.of(folder)).notices())
                .containsExactly(
                        "Of 999999999 shards, 999999997 have no results: 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 and more."
                                + " A shard without retention tests has none either; give each at least one.");
    }

    @Test
    void shardsThatContradictEachOther_areTold() throws IOException {
        shards(2, 1, 2);
        write("other", "other", MORNING, new Shard(1, 1), "x");

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(merged.isComplete()).isFalse();
        assertThat(merged.notices())
                .containsExactly(
                        "The results contradict each other about how many shards there are: 1 or 2. Are some of another run?");
    }

    @Test
    void testOfTwoJvms_countsOnceAsTheNewestSays() throws IOException {
        write("b", "new", EVENING, null, "same", "only new");
        write("a", "old", MORNING, null, "same", "only old");
        write("c", "middle", MORNING.plusSeconds(1), null, "same");

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(results(merged))
                .extracting(TestResult::id, TestResult::message)
                .containsExactlyInAnyOrder(
                        tuple("same", "of new"), tuple("only new", "of new"), tuple("only old", "of old"));
        assertThat(merged.isComplete()).isTrue();
        assertThat(merged.notices())
                .containsExactly(
                        "1 of 3 tests have results of several JVMs, of which the newest count: io.acme.PaymentTest.same().");
    }

    @Test
    void manyTestsOfTwoJvms_areNamedInPart() throws IOException {
        String[] ids = {"a", "b", "c", "d", "e", "f"};
        write("1", "1", MORNING, null, ids);
        write("2", "2", EVENING, null, ids);

        assertThat(MergedResults.in(List.of(folder)).notices())
                .singleElement()
                .asString()
                .endsWith("e() and more.");
    }

    @Test
    void testRunAgainInItsJvm_countsAsItsLastRunSays() throws IOException {
        ResultsFile file = new ResultsFile(folder, new Origin("jvm", MORNING, null));
        file.add(result("flaky", "first"));
        file.add(result("flaky", "second"));

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(results(merged)).extracting(TestResult::message).containsExactly("second");
        assertThat(merged.notices()).isEmpty();
    }

    @Test
    void fileInTwoPlaces_isReadOnce() throws IOException {
        Path file = write("a", "jvm", MORNING, null, "x");

        MergedResults merged = MergedResults.in(List.of(folder, file.getParent(), file));

        assertThat(ids(merged)).containsExactly("x");
        assertThat(merged.notices()).isEmpty();
    }

    @Test
    void linkToAFolder_isFollowed() throws IOException {
        write("a", "jvm", MORNING, null, "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));

        assertThat(ids(MergedResults.in(List.of(link)))).containsExactly("x");
    }

    @Test
    void leftoverPart_isIgnored() throws IOException {
        Path file = write("a", "jvm", MORNING, null, "x");
        Files.writeString(file.resolveSibling(".0b5e.part"), "{\"format\":\"retainless-resu");

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(ids(merged)).containsExactly("x");
        assertThat(merged.notices()).isEmpty();
    }

    @Test
    void cutFile_countsAsFarAsItGoes() throws IOException {
        Path file = write("a", "jvm", MORNING, null, "x", "y");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 50));

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(ids(merged)).containsExactly("x");
        assertThat(merged.isComplete()).isFalse();
        assertThat(merged.notices())
                .singleElement()
                .asString()
                .startsWith(file + " is cut or broken: ")
                .endsWith("; what was read before that counts.");
    }

    @Test
    void fileOfAnotherVersion_isTold() throws IOException {
        Path file = write("a", "jvm", MORNING, null, "x");
        Files.writeString(file, Files.readString(file).replace("\"version\":1", "\"version\":7"));
        write("b", "other", MORNING, null, "y");

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(ids(merged)).containsExactly("y");
        assertThat(merged.isComplete()).isFalse();
        assertThat(merged.notices())
                .containsExactly(file + " is of version 7; this release reads version 1; none of its results count.");
    }

    @Test
    void resultThatLacksSomething_isToldAndEndsItsFile() throws IOException {
        for (String part : List.of("id", "message", "verdict", "rounds", "report")) {
            Path file = write("a", "jvm", MORNING, null, "x");
            Files.writeString(file, Files.readString(file).replace("\"" + part + "\":", "\"unknown\":"));

            MergedResults merged = MergedResults.in(List.of(file));

            assertThat(ids(merged)).as(part).isEmpty();
            assertThat(merged.notices())
                    .as(part)
                    .singleElement()
                    .asString()
                    .startsWith(file + " ")
                    .endsWith("; none of its results count.");
        }
    }

    @Test
    void fileThatVanishes_isTold() throws IOException {
        Path file = write("a", "jvm", MORNING, null, "x", "y");
        write("b", "other", MORNING, null, "z");
        MergedResults merged = MergedResults.in(List.of(folder));

        Files.delete(file);

        assertThat(ids(merged)).containsExactly("z");
        assertThat(merged.isComplete()).isFalse();
        assertThat(merged.notices())
                .containsExactly(file + " has vanished or changed while it was read; 2 of its results do not count.");
    }

    @Test
    void fileThatGrows_countsAsItWas() throws IOException {
        ResultsFile file = new ResultsFile(folder, new Origin("jvm", MORNING, null));
        file.add(result("x", "before"));
        MergedResults merged = MergedResults.in(List.of(folder));

        file.add(result("x", "after"));
        file.add(result("y", "after"));

        assertThat(results(merged)).extracting(TestResult::message).containsExactly("before");
        assertThat(merged.notices()).isEmpty();
    }

    @Test
    void exceptionOfWhoTakesTheResults_isNotSwallowed() throws IOException {
        write("a", "jvm", MORNING, null, "x");
        MergedResults merged = MergedResults.in(List.of(folder));

        assertThatThrownBy(() -> merged.forEach(folder, result -> {
                    throw new IllegalStateException("mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mine");
    }

    @Test
    void figures_areSeenFromThePage() throws IOException {
        Path file = write("shard-1/target/retainless", "jvm", MORNING, null, "x");
        Files.createFile(file.resolveSibling("x.csv"));

        assertThat(figures(folder.resolve("site/page"))).containsExactly("../../shard-1/target/retainless/x.csv");
        assertThat(figures(file.resolveSibling(""))).containsExactly("x.csv");
    }

    @Test
    void figuresThatAreNotThere_areLeftOut() throws IOException {
        write("a", "jvm", MORNING, null, "x");

        assertThat(figures(folder)).containsExactly("");
    }

    @Test
    void placeThatIsNotThere_isNamed() throws IOException {
        write("a", "jvm", MORNING, null, "x");
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> MergedResults.in(List.of(folder, missing)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(missing + " does not exist");
    }

    @Test
    void placeWithoutResults_isNamed() throws IOException {
        write("a", "jvm", MORNING, null, "x");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> MergedResults.in(List.of(folder, empty)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessage(empty + " has no results: there is no results-*.json in it or below");
    }

    private void shards(int total, int... present) throws IOException {
        for (int shard : present) {
            write("shard-" + shard, "jvm-" + shard, MORNING, new Shard(shard, total), shard + ".1", shard + ".2");
        }
    }

    private Path write(String where, String jvm, Instant started, @Nullable Shard shard, String... ids)
            throws IOException {
        ResultsFile file = new ResultsFile(folder.resolve(where), new Origin(jvm, started, shard));
        for (String id : ids) {
            file.add(result(id, "of " + jvm));
        }
        return file.path();
    }

    private static TestResult result(String id, String message) {
        return new TestResult(
                id, "io.acme.PaymentTest", id + "()", true, message, List.of(), "", id + ".csv", RELEASED);
    }

    private List<String> ids(MergedResults merged) {
        return results(merged).stream().map(TestResult::id).toList();
    }

    private List<String> figures(Path page) throws IOException {
        List<String> figures = new ArrayList<>();
        MergedResults.in(List.of(folder)).forEach(page, result -> figures.add(result.figures()));
        return figures;
    }

    private List<TestResult> results(MergedResults merged) {
        List<TestResult> results = new ArrayList<>();
        merged.forEach(folder, results::add);
        return results;
    }
}
