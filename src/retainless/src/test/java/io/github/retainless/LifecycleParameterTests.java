package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;

/** What tasks and their classes are given by other extensions, and by JUnit. */
class LifecycleParameterTests {
    @Test
    void valueThatAResolverMakes_isANewOneForEachAttempt_unlessItIsKeptInTheStore() {
        ResolvedTestCases.FRESH.clear();
        ResolvedTestCases.STORED.clear();
        ResolvedTestCases.GIVEN.clear();
        Launch launch = Launch.of(ResolvedTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.verdict("resolved")).isEqualTo("RELEASED");
        assertThat(ResolvedTestCases.FRESH).hasSize(2 + 3 * 5);
        assertThat(ResolvedTestCases.STORED).hasSize(1);
        assertThat(ResolvedTestCases.GIVEN).hasSize(1);
    }

    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Fresh {}

    static final class Values implements ParameterResolver {
        private static final AtomicInteger NEXT = new AtomicInteger();

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Integer.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.isAnnotated(Fresh.class)
                    ? NEXT.incrementAndGet()
                    : context.getStore(ExtensionContext.Namespace.create(Values.class))
                            .getOrComputeIfAbsent("stored", key -> NEXT.incrementAndGet());
        }
    }

    @Quick
    @ExtendWith(Values.class)
    static class ResolvedTestCases {
        static final Set<Integer> FRESH = ConcurrentHashMap.newKeySet();
        static final Set<Integer> STORED = ConcurrentHashMap.newKeySet();
        static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

        private final int given;

        ResolvedTestCases(@Fresh Integer given) {
            this.given = given;
        }

        @AsyncTask
        void resolved(@Fresh Integer fresh, Attempt attempt, Integer stored) {
            FRESH.add(fresh);
            STORED.add(stored);
            GIVEN.add(given);
            throw new IllegalStateException("attempt " + attempt.number());
        }
    }

    @Test
    void resolverThatFailsInALaterAttempt_failsTheTest() {
        FailingResolverTestCases.ATTEMPTS.set(0);
        Launch launch = Launch.of(FailingResolverTestCases.class);
        assertThat(launch.failure("neverRun"))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("the session is over");
        assertThat(FailingResolverTestCases.ATTEMPTS).hasValue(0);
    }

    static final class OnceOnly implements ParameterResolver {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == String.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            if (!seen.add(context.getUniqueId())) {
                throw new ParameterResolutionException("the session is over");
            }
            return "session";
        }
    }

    @Quick
    @ExtendWith(OnceOnly.class)
    static class FailingResolverTestCases {
        static final AtomicInteger ATTEMPTS = new AtomicInteger();

        @AsyncTask
        void neverRun(String session) {
            ATTEMPTS.incrementAndGet();
            throw new IllegalStateException(session);
        }
    }

    @Test
    void parametersOfJUnit_areGivenToEachAttempt() {
        JUnitTestCases.FOLDERS.clear();
        Launch launch = Launch.of(JUnitTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        // Older Jupiters make one for each attempt, newer ones for each test.
        assertThat(JUnitTestCases.FOLDERS).hasSizeBetween(1, 2 + 3 * 5).noneMatch(Files::exists);
        assertThat(launch.tests().reportingEntryPublished().stream()
                        .map(event ->
                                event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                        .filter(entries -> entries.containsKey("attempt")))
                .hasSize(2 + 3 * 5);
    }

    @Quick
    static class JUnitTestCases {
        static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

        @TempDir
        Path shared;

        @AsyncTask
        void writes(@TempDir Path folder, Attempt attempt) throws Exception {
            FOLDERS.add(folder);
            assertThat(shared).isDirectory().isNotEqualTo(folder);
            Files.createDirectory(folder.resolve("attempt " + attempt.number()));
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void reports(TestReporter reporter, Attempt attempt) {
            reporter.publishEntry("attempt", Integer.toString(attempt.number()));
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void parameterThatNobodyResolves_failsTheTask() {
        Launch launch = Launch.of(UnresolvedTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).failed(1));
        assertThat(launch.failure("unresolved"))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("No ParameterResolver registered for parameter")
                .hasMessageContaining("RepetitionInfo");
    }

    @Quick
    static class UnresolvedTestCases {
        @AsyncTask
        void unresolved(RepetitionInfo repetition) {
            throw new IllegalStateException("repetition " + repetition.getCurrentRepetition());
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {RepeatedTestCases.class, ParameterizedTestCases.class, FactoryTestCases.class})
    void taskThatIsATemplateToo_failsWithoutBeingRun(Class<?> fixture) {
        RUNS.set(0);
        Launch launch = withoutJUnitsWarning(() -> Launch.of(fixture, Launch.SoundTestCases.class));
        assertThat(launch.status("sound")).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
        assertThat(RUNS).hasValue(0);
        List<TestExecutionResult> results = Stream.concat(launch.tests().stream(), launch.containers().stream())
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .toList();
        assertThat(results.stream().filter(result -> result.getStatus() == TestExecutionResult.Status.FAILED))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.getThrowable().orElseThrow())
                        .isInstanceOf(ExtensionConfigurationException.class)
                        .hasMessageStartingWith(
                                "@AsyncTask on " + fixture.getSimpleName() + ".task(): the method is "));
        launch.tests().assertStatistics(stats -> stats.succeeded(1));
    }

    /** That a method has several kinds of tests. */
    private static Launch withoutJUnitsWarning(Supplier<Launch> launch) {
        JUNIT.setLevel(Level.OFF);
        try {
            return launch.get();
        } finally {
            JUNIT.setLevel(null);
        }
    }

    private static final Logger JUNIT = Logger.getLogger("org.junit");

    private static final AtomicInteger RUNS = new AtomicInteger();

    @Quick
    static class RepeatedTestCases {
        @AsyncTask
        @RepeatedTest(2)
        void task() {
            RUNS.incrementAndGet();
        }
    }

    @Quick
    static class ParameterizedTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void task(int number) {
            RUNS.addAndGet(number);
        }
    }

    static class FactoryTestCases {
        @AsyncTask
        @TestFactory
        Stream<DynamicTest> task() {
            return Stream.of(DynamicTest.dynamicTest("one", RUNS::incrementAndGet));
        }
    }
}
