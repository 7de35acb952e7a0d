package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Whether, when and in which order JUnit runs tasks: JUnit's own annotations beside ours. */
class LifecycleConditionTests {
    static final Map<String, String> PARALLEL = Map.of(
            "junit.jupiter.execution.parallel.enabled", "true",
            "junit.jupiter.execution.parallel.mode.default", "concurrent",
            "junit.jupiter.execution.parallel.config.strategy", "fixed",
            "junit.jupiter.execution.parallel.config.fixed.parallelism", "6");

    @Test
    void conditionThatIsNotMet_skipsTheTaskBeforeItsFirstAttempt() {
        ConditionalTestCases.ATTEMPTED.clear();
        Launch launch = Launch.of(ConditionalTestCases.class);
        launch.tests().assertStatistics(stats -> stats.skipped(6).started(3).succeeded(3));
        assertThat(ConditionalTestCases.ATTEMPTED).containsOnly("onAnyOs", "onThisJdk", "method");
        assertThat(launch.skipReason("not")).contains("on purpose");
        launch.containers().assertStatistics(stats -> stats.skipped(1));
    }

    @Quick
    static class ConditionalTestCases {
        static final Queue<String> ATTEMPTED = new ConcurrentLinkedQueue<>();

        private static void fail(String task) {
            ATTEMPTED.add(task);
            throw new IllegalStateException(task);
        }

        static boolean isMet() {
            return true;
        }

        @AsyncTask
        @EnabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS, OS.OTHER})
        void onAnyOs() {
            fail("onAnyOs");
        }

        @AsyncTask
        @DisabledForJreRange(minVersion = 1_000)
        void onThisJdk() {
            fail("onThisJdk");
        }

        @AsyncTask
        @EnabledIf("isMet")
        void method() {
            fail("method");
        }

        @AsyncTask
        @DisabledIf(value = "isMet", disabledReason = "on purpose")
        void not() {
            fail("not");
        }

        @AsyncTask
        @DisabledOnOs({OS.LINUX, OS.MAC, OS.WINDOWS, OS.OTHER})
        void notOnAnyOs() {
            fail("notOnAnyOs");
        }

        @AsyncTask
        @EnabledForJreRange(minVersion = 1_000)
        void notOnThisJdk() {
            fail("notOnThisJdk");
        }

        @AsyncTask
        @EnabledIfSystemProperty(named = "java.version", matches = "none")
        void notWithThisProperty() {
            fail("notWithThisProperty");
        }

        @AsyncTask
        @DisabledIfSystemProperty(named = "java.version", matches = ".*")
        void notWithAnyProperty() {
            fail("notWithAnyProperty");
        }

        @AsyncTask
        @Disabled
        void never() {
            fail("never");
        }

        @Nested
        @Disabled
        class OfADisabledClass {
            @AsyncTask
            void neverEither() {
                fail("neverEither");
            }
        }
    }

    @Test
    void assumptionOfBeforeEach_abortsTheTaskBeforeItsFirstAttempt() {
        AssumingTestCases.ATTEMPTS.set(0);
        Launch launch = Launch.of(AssumingTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).aborted(1));
        assertThat(AssumingTestCases.ATTEMPTS).hasValue(0);
    }

    @Quick
    static class AssumingTestCases {
        static final AtomicInteger ATTEMPTS = new AtomicInteger();

        @BeforeEach
        void assume() {
            Assumptions.abort("not on this machine");
        }

        @AsyncTask
        void declined() {
            ATTEMPTS.incrementAndGet();
            throw new IllegalStateException("declined");
        }
    }

    @Slow("waits for time-outs")
    @Test
    void timeoutsAndDisplayNames_ofJUnit() {
        Launch launch =
                Launch.with(PARALLEL, TimeoutTestCases.class, TimeoutOfTheMethodTestCases.class, NamedTestCases.class);
        // A time-out of the class holds for each of its tasks, the nearest one counts.
        assertThat(launch.failure("asTheClassHasIt"))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("asTheClassHasIt() timed out after 1 second");
        assertThat(launch.failure("asTheClassHasIt").getSuppressed()).anySatisfy(ours -> assertThat(ours)
                .hasMessageContaining("asTheClassHasIt() proves nothing: the experiment was interrupted after "));
        assertThat(launch.status("longer")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.status("onAThreadOfItsOwn")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.failure("tooShortOnAThreadOfItsOwn"))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("tooShortOnAThreadOfItsOwn() timed out after 1 second");
        Launch.assertThatNoThreadIsLeft();
        // What can be found again in the sources and among the report files.
        assertThat(launch.message("declined_charge"))
                .startsWith("declined_charge() retains the exceptions it throws: 5 of every 5 ")
                .endsWith("LifecycleConditionTests$NamedTestCases.declined_charge");
    }

    @Quick
    @Timeout(1)
    static class TimeoutTestCases {
        @AsyncTask
        @NoExceptionRetention(failures = 1_000)
        void asTheClassHasIt() throws InterruptedException {
            Thread.sleep(20);
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        @Timeout(60)
        void longer() {
            throw new IllegalStateException("declined");
        }
    }

    @Quick
    static class TimeoutOfTheMethodTestCases {
        @AsyncTask
        @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void onAThreadOfItsOwn() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        @NoExceptionRetention(failures = 1_000)
        void tooShortOnAThreadOfItsOwn() throws InterruptedException {
            Thread.sleep(20);
            throw new IllegalStateException("declined");
        }
    }

    @Quick
    @DisplayName("Payments")
    @DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
    static class NamedTestCases {
        private final List<Throwable> kept = new CopyOnWriteArrayList<>();

        @AsyncTask
        @DisplayName("a declined charge is let go")
        void declined_charge() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }

    @Test
    void orderedTasks_andTestsBesideThem_runOneAfterTheOther() {
        OrderedTestCases.LOG.clear();
        Launch.of(OrderedTestCases.class).tests().assertStatistics(stats -> stats.started(4)
                .succeeded(4));
        assertThat(OrderedTestCases.LOG.stream().distinct()).containsExactly("first", "second", "third", "fourth");
        assertThat(OrderedTestCases.LOG)
                .isSortedAccordingTo((one, other) -> Integer.compare(
                        List.of("first", "second", "third", "fourth").indexOf(one),
                        List.of("first", "second", "third", "fourth").indexOf(other)));
    }

    @Quick
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class OrderedTestCases {
        static final List<String> LOG = new CopyOnWriteArrayList<>();

        @Test
        @Order(4)
        void last() {
            LOG.add("fourth");
        }

        @AsyncTask
        @Order(3)
        void third() {
            LOG.add("third");
            throw new IllegalStateException("declined");
        }

        @Test
        @Order(2)
        void between() {
            LOG.add("second");
        }

        @AsyncTask
        @Order(1)
        void first() {
            LOG.add("first");
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void tags_chooseTasks() {
        assertThat(tasksOf(TagFilter.includeTags("slow"))).containsExactly("tagged");
        assertThat(tasksOf(TagFilter.excludeTags("slow"))).containsExactly("untagged");
        assertThat(tasksOf(TagFilter.includeTags("retention"))).containsExactlyInAnyOrder("tagged", "untagged");
        assertThat(tasksOf(TagFilter.excludeTags("retention"))).isEmpty();
    }

    private static List<String> tasksOf(org.junit.platform.launcher.PostDiscoveryFilter filter) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .configurationParameter(ConfigurationKeys.REPORT_DIRECTORY.name(), Launch.REPORTS)
                .filters(filter)
                .selectors(DiscoverySelectors.selectClass(TaggedTestCases.class))
                .execute()
                .testEvents();
        return tests.succeeded()
                .map(event -> event.getTestDescriptor().getDisplayName().replace("()", ""))
                .toList();
    }

    @LifecycleNestingTests.QuickTagged
    static class TaggedTestCases {
        @AsyncTask
        @Tag("slow")
        void tagged() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void untagged() {
            throw new IllegalStateException("declined");
        }
    }

    @Slow("waits for time-outs")
    @Test
    void locks_holdForAllAttempts() {
        LockedTestCases.OVERLAPS.set(0);
        Launch launch = Launch.with(
                PARALLEL, LockedTestCases.class, SameThreadTestCases.class, AloneTestCases.class, FreeTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(7).succeeded(7));
        assertThat(LockedTestCases.OVERLAPS).hasValue(0);
        assertThat(SameThreadTestCases.THREADS).hasSize(1);
    }

    /** Says whether two that must not meet do, from the beginning of a test to its end. */
    private static void enter(AtomicInteger inside) {
        if (inside.incrementAndGet() > 1) {
            LockedTestCases.OVERLAPS.incrementAndGet();
        }
    }

    @Quick
    static class LockedTestCases {
        static final AtomicInteger OVERLAPS = new AtomicInteger();
        private static final AtomicInteger INSIDE = new AtomicInteger();

        @AsyncTask
        @ResourceLock("the payments")
        void one(Attempt attempt) {
            declined();
        }

        @AsyncTask
        @ResourceLock("the payments")
        void two(Attempt attempt) {
            declined();
        }

        private static void declined() {
            throw new IllegalStateException("declined");
        }

        @BeforeEach
        void enter() {
            AloneTestCases.ALL.incrementAndGet();
            LifecycleConditionTests.enter(INSIDE);
        }

        @AfterEach
        void leave() {
            INSIDE.decrementAndGet();
            AloneTestCases.ALL.decrementAndGet();
        }
    }

    @Quick
    @Execution(ExecutionMode.SAME_THREAD)
    static class SameThreadTestCases {
        static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

        @BeforeEach
        void enter() {
            THREADS.add(Thread.currentThread());
        }

        @AsyncTask
        void one() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void two() {
            throw new IllegalStateException("declined");
        }
    }

    @Quick
    @Isolated
    static class AloneTestCases {
        static final AtomicInteger ALL = new AtomicInteger();

        @AsyncTask
        void alone() {
            enter(ALL);
            ALL.decrementAndGet();
            throw new IllegalStateException("declined");
        }
    }

    @Quick
    static class FreeTestCases {
        @AsyncTask
        void free() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void freeToo() {
            throw new IllegalStateException("declined");
        }

        @BeforeEach
        void enter() {
            AloneTestCases.ALL.incrementAndGet();
        }

        @AfterEach
        void leave() {
            AloneTestCases.ALL.decrementAndGet();
        }
    }

    @Test
    void executorOfAPerClassInstance_servesAllItsTasks() {
        Launch launch = Launch.of(SharedExecutorTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(SharedExecutorTestCases.THREADS).hasSize(1);
    }

    @Quick
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class SharedExecutorTestCases {
        static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();

        @ExecutorUnderTest
        private ExecutorService executor;

        @BeforeAll
        void start() {
            THREADS.clear();
            executor = Executors.newSingleThreadExecutor();
        }

        @AsyncTask
        void one() {
            declined();
        }

        @AsyncTask
        void two() {
            declined();
        }

        @Nested
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        class Inner {
            @AsyncTask
            void three() {
                declined();
            }
        }

        private static void declined() {
            THREADS.add(Thread.currentThread());
            throw new IllegalStateException("declined");
        }

        @AfterAll
        void stop() {
            executor.shutdown();
        }
    }

    @Test
    void autoClosedField_isClosedOnceAfterAllAttempts() {
        ClosedTestCases.LOG.clear();
        Launch.of(ClosedTestCases.class).tests().assertStatistics(stats -> stats.started(1)
                .succeeded(1));
        assertThat(ClosedTestCases.LOG).hasSize(2 + 3 * 5 + 1).endsWith("attempt", "closed");
    }

    @Quick
    static class ClosedTestCases {
        static final List<String> LOG = new CopyOnWriteArrayList<>();

        @AutoClose
        private final AutoCloseable resource = () -> LOG.add("closed");

        @AsyncTask
        void declined() {
            assertThat(resource).isNotNull();
            LOG.add("attempt");
            throw new IllegalStateException("declined");
        }
    }
}
