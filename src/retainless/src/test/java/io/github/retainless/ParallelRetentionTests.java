package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.internal.run.FastPacing;
import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Sixty retention tests that JUnit runs at the same time in one JVM. */
@Slow("runs sixty experiments in another JVM")
@Tag("any-jdk") // takes long, and is the same on all
class ParallelRetentionTests {
    private static final int TESTS = 60;

    @Test
    void sixtyTestsAtOnce_areJudgedRightly_andShareTheirCollections(@TempDir Path reports) {
        ChildJvm.Result result = ChildJvm.run(
                List.of(FastPacing.FLAG, "-Xmx256m", "-Dstdout.encoding=UTF-8"), SixtyTests.class, reports.toString());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        Figures figures = Figures.parse(result.out());
        assertThat(figures.tests()).isEqualTo(TESTS);
        // As asked for by the settings, so that rounds which some tests add to be sure do not make it easier.
        assertThat(figures.roundsAskedFor()).isEqualTo(TESTS * 3);
        assertThat(figures.roundsMade()).isGreaterThanOrEqualTo(figures.roundsAskedFor());
        assertThat(figures.collections()).isPositive().isLessThan(figures.roundsAskedFor());
        // Each of them would have had to be made if nothing were shared.
        assertThat(figures.collectionsUsed()).isGreaterThanOrEqualTo(figures.roundsMade());
    }

    /**
     * What was done.
     *
     * @param roundsAskedFor by the settings, over all tests
     * @param roundsMade rows of the tests' reports
     * @param collectionsUsed over all rounds, those that a round shared with others included
     * @param collections forced in the JVM
     */
    private record Figures(int tests, int roundsAskedFor, int roundsMade, int collectionsUsed, int collections) {
        static Figures parse(String line) {
            int[] figures = Stream.of(line.strip().split(" "))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(figures).hasSize(5);
            return new Figures(figures[0], figures[1], figures[2], figures[3], figures[4]);
        }

        @Override
        public String toString() {
            return IntStream.of(tests, roundsAskedFor, roundsMade, collectionsUsed, collections)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
        }
    }

    /** Runs them in a JVM of their own, where nobody else collects, checks each verdict and prints the figures. */
    static final class SixtyTests {
        private static final Map<String, String> VERDICTS = Map.of(
                "clean", "RELEASED",
                "observed", "RELEASED",
                "successTask", "RELEASED",
                "bounded", "BOUNDED",
                "growing", "GROWING");

        public static void main(String[] args) throws IOException {
            FastPacing.useIfAsked();
            Path reports = Path.of(args[0]);
            long before = HeapCollector.shared().collections();
            EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                    .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                    .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                    .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                    // From 5.14 on there is a choice, and a hint in the log where none is made.
                    .configurationParameter(
                            "junit.jupiter.execution.parallel.config.executor-service", "fork_join_pool")
                    .configurationParameter(
                            "junit.jupiter.execution.parallel.config.fixed.parallelism", Integer.toString(TESTS))
                    .configurationParameter(ConfigurationKeys.REPORT_DIRECTORY.name(), reports.toString())
                    .configurationParameter(ConfigurationKeys.PROGRESS.name(), "off")
                    .selectors(Stream.of(ParallelRetentionTests.class.getDeclaredClasses())
                            .filter(declared -> declared.getSimpleName().endsWith("TestCases"))
                            .map(DiscoverySelectors::selectClass)
                            .toArray(ClassSelector[]::new))
                    .execute();
            long collections = HeapCollector.shared().collections() - before;
            Map<TestDescriptor, TestExecutionResult> outcomes = outcomes(results);
            Map<TestDescriptor, String> verdicts = verdicts(results);
            assertThat(outcomes).hasSameSizeAs(verdicts);
            outcomes.forEach((test, outcome) -> check(test, outcome, verdicts.get(test)));
            System.out.println(figures(outcomes.size(), reports, (int) collections));
        }

        private static Map<TestDescriptor, TestExecutionResult> outcomes(EngineExecutionResults results) {
            return results.testEvents().finished().stream()
                    .collect(Collectors.toMap(
                            event -> event.getTestDescriptor(),
                            event -> event.getRequiredPayload(TestExecutionResult.class)));
        }

        private static Map<TestDescriptor, String> verdicts(EngineExecutionResults results) {
            return results.allEvents().reportingEntryPublished().stream()
                    .collect(Collectors.toMap(
                            event -> event.getTestDescriptor(), event -> event.getRequiredPayload(ReportEntry.class)
                                    .getKeyValuePairs()
                                    .get("retainless.verdict")));
        }

        private static void check(TestDescriptor test, TestExecutionResult outcome, String verdict) {
            MethodSource method = (MethodSource) test.getSource().orElseThrow();
            String name = method.getMethodName();
            String failure = outcome.getThrowable().map(Throwable::getMessage).orElse("");
            assertThat(verdict).as("%s %s", method, failure).isEqualTo(VERDICTS.get(name));
            if (name.equals("growing")) {
                assertThat(Launch.normalized(failure))
                        .as("%s", method)
                        .startsWith("growing() retains the exceptions it throws: 5 of every 5 stay reachable, <size>"
                                + " each.\n");
                assertThat(failure.lines().filter(line -> line.contains("╰→")))
                        .as("%s", method)
                        .singleElement()
                        .asString()
                        .matches("  ╰→ " + Pattern.quote(method.getJavaClass().getCanonicalName() + ".Declined")
                                + "( .*)?");
            } else {
                assertThat(outcome.getStatus())
                        .as("%s %s", method, failure)
                        .isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
            }
        }

        private static Figures figures(int tests, Path reports, int collections) throws IOException {
            try (Stream<Path> files = Files.list(reports)) {
                List<String[]> rounds = files.filter(file -> file.toString().endsWith(".csv"))
                        .map(SixtyTests::lines)
                        .flatMap(lines -> lines.stream().skip(1))
                        .map(line -> line.split(","))
                        .toList();
                int used = rounds.stream()
                        .mapToInt(cells -> Integer.parseInt(cells[6]))
                        .sum();
                int asked = tests
                        * FiveTests.class
                                .getAnnotation(NoExceptionRetention.class)
                                .rounds();
                return new Figures(tests, asked, rounds.size(), used, collections);
            }
        }

        private static List<String> lines(Path report) {
            try {
                return Files.readAllLines(report);
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
    }

    /** Each class has exceptions of its own, which all its tests throw. */
    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    abstract static class FiveTests {
        private final Queue<Throwable> kept = new ConcurrentLinkedQueue<>();

        abstract RuntimeException declined();

        @AsyncTask
        void clean() {
            throw declined();
        }

        @AsyncTask
        void observed(Attempt attempt) {
            attempt.observe(CompletableFuture.failedFuture(declined()));
        }

        @AsyncTask(expect = Expect.SUCCESS)
        void successTask(Attempt attempt) {
            attempt.track(new byte[1024]);
        }

        @AsyncTask
        void bounded() {
            throw kept(3);
        }

        @AsyncTask
        void growing() {
            throw kept(Integer.MAX_VALUE);
        }

        private RuntimeException kept(int atMost) {
            RuntimeException declined = declined();
            kept.add(declined);
            if (kept.size() > atMost) {
                kept.remove();
            }
            return declined;
        }
    }

    static class FirstTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class SecondTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class ThirdTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class FourthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class FifthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class SixthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class SeventhTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return Executors.newFixedThreadPool(2);
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class EighthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return Executors.newSingleThreadExecutor();
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class NinthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return Executors.newCachedThreadPool();
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class TenthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return Executors.newWorkStealingPool(2);
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class EleventhTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return Executors.newScheduledThreadPool(1);
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }

    static class TwelfthTestCases extends FiveTests {
        static class Declined extends RuntimeException {
            private static final long serialVersionUID = 1;
        }

        @ExecutorUnderTest
        ExecutorService executor() {
            return FixedAsyncExecutor.fixedPool(2);
        }

        @Override
        RuntimeException declined() {
            return new Declined();
        }
    }
}
