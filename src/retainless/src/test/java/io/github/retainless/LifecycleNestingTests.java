package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.testing.Slow;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where tasks and settings may stand: in nested classes, superclasses, interfaces, composed annotations. */
@Slow("makes an experiment of each class that inherits or nests")
class LifecycleNestingTests {
    @Test
    void threeLevels_eachSetsWhatTheInnerOnesLeaveOpen_onTheExecutorOfTheOutermost() {
        FirstLevelTestCases.LOG.clear();
        FirstLevelTestCases.THREADS.clear();
        Launch launch = Launch.of(FirstLevelTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(1).failed(1));
        assertThat(launch.failures("third")).isEqualTo(7 * 3);
        assertThat(launch.verdict("third")).isEqualTo("RELEASED");
        assertThat(FirstLevelTestCases.LOG)
                .containsSubsequence("first", "second", "third", "after")
                .hasSize(4 + 2);
        assertThat(FirstLevelTestCases.THREADS).isNotEmpty().containsOnly("outermost");
        assertThat(launch.verdict("keeps")).isEqualTo("GROWING");
        assertThat(launch.failure("keeps"))
                .hasMessageContaining("LifecycleNestingTests.FirstLevelTestCases.kept")
                .hasMessageContaining("Likely: the test itself keeps the failures.");
    }

    @NoExceptionRetention(failures = 5, rounds = 3, budget = 1)
    static class FirstLevelTestCases {
        static final List<String> LOG = new CopyOnWriteArrayList<>();
        static final Queue<String> THREADS = new ConcurrentLinkedQueue<>();

        private final Queue<Throwable> kept = new ConcurrentLinkedQueue<>();

        @ExecutorUnderTest
        private final Executor executor = task -> new Thread(task, "outermost").start();

        @Nested
        @NoExceptionRetention(failures = 6, warmup = 0)
        class Second {
            @Nested
            class Third {
                @BeforeEach
                void third() {
                    LOG.add("third");
                }

                @AsyncTask
                @NoExceptionRetention(failures = 7)
                void third(Attempt attempt) {
                    THREADS.add(Thread.currentThread().getName());
                    throw new IllegalStateException("attempt " + attempt.number());
                }

                @AfterEach
                void after() {
                    LOG.add("after");
                }
            }

            @Nested
            class Keeping {
                @AsyncTask
                void keeps() {
                    IllegalStateException declined = new IllegalStateException("declined");
                    kept.add(declined);
                    throw declined;
                }
            }

            @BeforeEach
            void second() {
                LOG.add("second");
            }
        }

        @BeforeEach
        void first() {
            LOG.add("first");
        }
    }

    @Test
    void overriddenTask_isRunAsTheSubclassHasIt() {
        OverridingTestCases.ATTEMPTS.clear();
        Launch launch = Launch.of(OverridingTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(launch.failures("implemented")).isEqualTo(5 * 3);
        assertThat(launch.failures("overridden")).isEqualTo(6 * 3);
        assertThat(launch.failures("ofTheInterface")).isEqualTo(7 * 3);
        assertThat(OverridingTestCases.ATTEMPTS).containsOnly("implemented", "overridden", "ofTheInterface");
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 0, budget = 1)
    abstract static class Tasks {
        @AsyncTask
        abstract void implemented();

        @AsyncTask
        @NoExceptionRetention(failures = 9)
        void overridden() {
            throw new AssertionError("the subclass does otherwise");
        }

        @AsyncTask
        void dropped() {
            throw new AssertionError("the subclass has no such task");
        }
    }

    interface MoreTasks {
        @AsyncTask
        default void ofTheInterface() {
            throw new AssertionError("the class does otherwise");
        }
    }

    static class OverridingTestCases extends Tasks implements MoreTasks {
        static final Queue<String> ATTEMPTS = new ConcurrentLinkedQueue<>();

        @Override
        @AsyncTask
        void implemented() {
            fail("implemented");
        }

        @Override
        @AsyncTask
        @NoExceptionRetention(failures = 6)
        void overridden() {
            fail("overridden");
        }

        /** As with {@code @Test}: who overrides without the annotation has no such test. */
        @Override
        void dropped() {
            fail("dropped");
        }

        @Override
        @AsyncTask
        @NoExceptionRetention(failures = 7)
        public void ofTheInterface() {
            fail("ofTheInterface");
        }

        private static void fail(String task) {
            ATTEMPTS.add(task);
            throw new IllegalStateException(task);
        }
    }

    @Test
    void genericTasksOfAnInterface_runOnceOnWhatTheClassMakes() {
        Launch launch = Launch.of(GenericTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(launch.failures("driven")).isEqualTo(6 * 4);
        assertThat(launch.failures("fails")).isEqualTo(6 * 4);
    }

    @NoExceptionRetention(failures = 9, rounds = 4)
    interface Generic<E extends Executor, T> {
        @ExecutorUnderTest
        E executor();

        T argument();

        void failWith(T argument);

        @AsyncTask
        default void driven(@ExecutorUnderTest E executor, Attempt attempt) {
            attempt.observe(((ExecutorService) executor).submit(() -> failWith(argument())));
        }

        @AsyncTask
        default void fails() {
            failWith(argument());
        }
    }

    @NoExceptionRetention(failures = 6, budget = 1)
    abstract static class GenericBase<T> implements Generic<ExecutorService, T> {
        @Override
        public ExecutorService executor() {
            return Executors.newFixedThreadPool(2);
        }
    }

    static class GenericTestCases extends GenericBase<String> {
        @Override
        public String argument() {
            return "declined";
        }

        @Override
        public void failWith(String argument) {
            throw new IllegalStateException(argument);
        }
    }

    @Test
    void composedAnnotations_ofSettingsOfTasksAndOfBoth_work() {
        Launch launch = Launch.of(ComposedTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(4).succeeded(3).failed(1));
        assertThat(launch.failures("ofTheClass")).isEqualTo(5 * 3);
        assertThat(launch.failures("both")).isEqualTo(6 * 3);
        assertThat(launch.failures("direct")).isEqualTo(7 * 3);
        assertThat(launch.message("last")).startsWith("last() retains up to 1 of the exceptions it throws; at most 0 ");
    }

    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Tag("retention")
    @Quick
    @interface QuickTagged {}

    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @AsyncTask
    @NoExceptionRetention(failures = 6)
    @interface SixTimes {}

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @SixTimes
    @NoExceptionRetention(failures = 5, maxRetained = 0)
    @interface Strict {}

    @QuickTagged
    static class ComposedTestCases {
        private final Throwable[] last = new Throwable[1];

        @AsyncTask
        void ofTheClass() {
            throw new IllegalStateException("declined");
        }

        @SixTimes
        void both() {
            throw new IllegalStateException("declined");
        }

        @SixTimes
        @NoExceptionRetention(failures = 7)
        void direct() {
            throw new IllegalStateException("declined");
        }

        @Strict
        void last() {
            last[0] = new IllegalStateException("declined");
            throw (IllegalStateException) last[0];
        }
    }

    @Test
    void annotationsOnTheSameElement_fillInWhatTheNearerOneLeavesOpen() {
        Launch launch = Launch.of(SameElementTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(launch.failures("ofTheClass")).isEqualTo(7 * 3);
        assertThat(launch.failures("ofTheMethod")).isEqualTo(6 * 5);
    }

    @QuickTagged
    @NoExceptionRetention(failures = 7)
    static class SameElementTestCases {
        @AsyncTask
        void ofTheClass() {
            throw new IllegalStateException("declined");
        }

        @SixTimes
        @NoExceptionRetention(rounds = 5)
        void ofTheMethod() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void inheritedNestedClass_takesTheSettingsOfTheClassThatInheritsIt() {
        Launch first = Launch.of(FirstInheritingTestCases.class);
        first.tests().assertStatistics(stats -> stats.started(2).succeeded(1).failed(1));
        first.containers().assertStatistics(stats -> stats.failed(0));
        assertThat(first.failures("fails")).isEqualTo(6 * 3);
        assertThat(first.message("keepsTheLast"))
                .startsWith("keepsTheLast() retains up to 1 of the exceptions it throws; at most 0 ");

        Launch second = Launch.of(SecondInheritingTestCases.class);
        second.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        second.containers().assertStatistics(stats -> stats.failed(0));
        assertThat(second.failures("fails")).isEqualTo(7 * 3);
    }

    abstract static class WithNested {
        private final Throwable[] last = new Throwable[1];

        @Nested
        class Middle {
            @Nested
            class Inner {
                @AsyncTask
                void fails() {
                    throw new IllegalStateException("declined");
                }

                @AsyncTask
                void keepsTheLast() {
                    last[0] = new IllegalStateException("declined");
                    throw (IllegalStateException) last[0];
                }
            }
        }
    }

    @NoExceptionRetention(failures = 6, rounds = 3, budget = 1, maxRetained = 0)
    static class FirstInheritingTestCases extends WithNested {}

    @NoExceptionRetention(failures = 7, rounds = 3, budget = 1)
    static class SecondInheritingTestCases extends WithNested {}
}
