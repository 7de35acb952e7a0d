package io.github.retainless.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.retainless.executor.FailureSummary;
import io.github.retainless.testing.Slow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@Tag("any-jdk") // the examples say the same on all
class ReadmeTests {
    private static final Path SOURCES = Path.of("src/test/java/io/github/retainless/readme");
    private static final Path README = Path.of("../../README.md");
    private static final Path MANUAL = Path.of("../docs");

    @Test
    void javaBlocks_areTakenFromSourcesThatAreCompiled() throws IOException {
        String sources =
                withoutIndent(read(filesIn(SOURCES, "PaymentDeclined", "PaymentDispatcher", "Test", "Example")));
        List<Path> pages = new ArrayList<>(filesIn(MANUAL, ".md"));
        pages.add(README);

        List<String> blocks = blocks("java", read(pages));

        assertThat(blocks).hasSize(10).allSatisfy(block -> assertThat(sources).contains(withoutIndent(block)));
    }

    @Slow("runs examples with the attempts that a reader would see")
    @Test
    void failure_isWhatTheExampleReallySays() throws IOException {
        String message = failureOf(PaymentDispatcherTest.class);

        assertThat(blocks("text", read(List.of(README)))).first().asString().satisfies(shown -> assertThat(
                        withoutFigures(message))
                .isEqualTo(withoutFigures(shown)));
    }

    @Slow("runs examples with the attempts that a reader would see")
    @Test
    void baseline_allowsWhatTheExampleLeaks(@TempDir Path folder) throws IOException {
        String baseline = blocks("json", read(List.of(MANUAL.resolve("baseline.md"))))
                .get(0)
                .replaceFirst("(\"expires\": \")[^\"]+", "$12999-12-31");
        Path file = Files.writeString(folder.resolve("baseline.json"), baseline);

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PaymentDispatcherTest.class))
                .configurationParameter("retainless.baseline.file", file.toString())
                // The path and the bytes of each failure are what they are with more of them.
                .configurationParameter("retainless.budget.default", "1")
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(0));
    }

    @Test
    void executorExample_passes() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PaymentExecutorTest.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(0));
    }

    @Slow("runs examples with the attempts that a reader would see")
    @Test
    void successTaskExample_passes() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OrderArchiveTest.class))
                .execute()
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(1).failed(0));
    }

    @Slow("runs examples with the attempts that a reader would see")
    @Test
    void contractExample_passes() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(PaymentPoolContractTest.class))
                .execute()
                .testEvents()
                .assertStatistics(
                        stats -> stats.succeeded(13).failed(0).aborted(0).skipped(0));
    }

    @Test
    void repairedPoolExample_deliversOnce() throws Exception {
        List<Throwable> read = RepairedPoolExample.readTwice();

        assertThat(read.get(0)).isExactlyInstanceOf(PaymentDeclined.class);
        assertThat(read.get(1)).isExactlyInstanceOf(FailureSummary.class);
    }

    @Test
    void watchExample_goesAroundAPool() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ExecutorService executor = WatchedPaymentsExample.watched(registry);

        assertThat(executor.submit(() -> "paid").get()).isEqualTo("paid");

        assertThat(registry.getMeters()).isNotEmpty();
        executor.shutdown();
    }

    @Slow("runs examples with the attempts that a reader would see")
    @Test
    void programmaticExample_failsForTheLeakyDispatcher() {
        assertThat(failureOf(ChargeWithoutAnnotationsTest.class))
                .startsWith("the task retains the exceptions it throws");
    }

    private static String failureOf(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(ReadmeTests::message)
                .collect(Collectors.joining("\n"));
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow()
                .getMessage();
    }

    private static List<String> blocks(String language, String page) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .map(block -> block.lines().skip(1).collect(Collectors.joining("\n")))
                .map(block -> block.substring(0, block.lastIndexOf('\n')))
                .toList();
    }

    /** The files whose names, without {@code .java}, end in one of these. */
    private static List<Path> filesIn(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Stream.of(endings)
                            .anyMatch(file.getFileName().toString().replace(".java", "")::endsWith))
                    .sorted()
                    .toList();
        }
    }

    private static String read(List<Path> files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(Files.readString(file)).append('\n');
        }
        return text.toString();
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    /**
     * Sizes depend on the JVM, and so do how soon the heap is full and what proved the collections. On a fast machine a
     * round follows the last one shown: no growth is believed in before two seconds have passed.
     */
    private static String withoutFigures(String text) {
        return text.strip()
                .replaceAll("(?m)^ +[5-9] .*\n(?= +[6-9] )", "")
                .replaceAll("(?m)^ +[78] +(3,[23]00) +\\1 ", " LAST N N ")
                .replaceAll("\\b3,[23]00\\b", "N")
                .replaceAll("\\d[\\d,.]* ([KMG]i)?B", "SIZE")
                .replaceAll("after [\\d,]+ failures", "after N failures")
                .replaceAll("JDK [^,]+, [^,]+, GC proven by .+?\\. Report", "JVM. Report")
                .replaceAll(" +", " ");
    }
}
