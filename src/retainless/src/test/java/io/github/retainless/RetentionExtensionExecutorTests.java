package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Executors that a method makes, and tasks that take theirs as a parameter. */
class RetentionExtensionExecutorTests {
    private static final Set<Object> MADE = ConcurrentHashMap.newKeySet();
    private static final Set<Object> USED = ConcurrentHashMap.newKeySet();

    @Test
    void factory_makesOneExecutorForEachTest_whichIsShutDownAfterwards() {
        MADE.clear();
        USED.clear();

        Launch launch = Launch.of(FactoryTestCases.class);

        launch.tests().assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(MADE).hasSize(2).allSatisfy(executor -> assertThat(((ExecutorService) executor).isTerminated())
                .isTrue());
        assertThat(USED).hasSize(2).allMatch(thread -> thread.toString().startsWith("made for a test"));
    }

    interface Factory {
        @ExecutorUnderTest
        Executor create();
    }

    @Quick
    static class FactoryTestCases implements Factory {
        private String name;

        @BeforeEach
        void name() {
            name = "made for a test ";
        }

        // Not annotated again.
        @Override
        public ExecutorService create() {
            ExecutorService made = Executors.newSingleThreadExecutor(task -> new Thread(task, name + MADE.size()));
            MADE.add(made);
            return made;
        }

        @AsyncTask
        void one() {
            fail();
        }

        @AsyncTask
        void another() {
            fail();
        }

        private static void fail() {
            USED.add(Thread.currentThread().getName());
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void closeableExecutor_isClosed() {
        CloseableTestCases.closed = 0;

        assertThat(Launch.of(CloseableTestCases.class).status("declined")).isEqualTo(Status.SUCCESSFUL);

        assertThat(CloseableTestCases.closed).isEqualTo(1);
    }

    @Quick
    static class CloseableTestCases {
        static int closed;

        private interface CloseableExecutor extends Executor, AutoCloseable {
            @Override
            void close();
        }

        @ExecutorUnderTest
        private static CloseableExecutor create() {
            return new CloseableExecutor() {
                @Override
                public void execute(Runnable command) {
                    command.run();
                }

                @Override
                public void close() {
                    closed++;
                }
            };
        }

        @AsyncTask
        void declined() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void executorThatCannotBeShutDown_doesNotHoldUpTheTest() {
        assertThat(Launch.of(CommonPoolTestCases.class).status("declined")).isEqualTo(Status.SUCCESSFUL);
        assertThat(ForkJoinPool.commonPool().isShutdown()).isFalse();
    }

    @Quick
    static class CommonPoolTestCases {
        @ExecutorUnderTest
        Executor commonPool() {
            return ForkJoinPool.commonPool();
        }

        @AsyncTask
        void declined() {
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void taskThatTakesTheExecutor_drivesItFromThreadsOfTheExtension() {
        USED.clear();

        Launch launch = Launch.of(ParameterTestCases.class);

        launch.tests().assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(USED).containsOnly("retainless-1", "driven");
    }

    @Quick
    static class ParameterTestCases {
        @ExecutorUnderTest
        final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "driven"));

        @AsyncTask
        void both(Attempt attempt, @ExecutorUnderTest ExecutorService driven) {
            attempt.observe(driven.submit(this::fail));
            USED.add(Thread.currentThread().getName());
        }

        @AsyncTask
        void executorOnly(@ExecutorUnderTest Executor driven) {
            assertThat(driven).isSameAs(executor);
            throw new IllegalStateException("declined");
        }

        @Nested
        class Inner {
            @AsyncTask
            void inner(@ExecutorUnderTest Executor outer, Attempt attempt) {
                attempt.observe(((ExecutorService) outer).submit(ParameterTestCases.this::fail));
            }
        }

        private void fail() {
            USED.add(Thread.currentThread().getName());
            throw new IllegalStateException("declined");
        }

        @AfterEach
        void shutDown() {
            assertThat(executor.isShutdown()).as("it is the test's own").isFalse();
            executor.shutdown();
        }
    }

    @Test
    void wrongFactory_failsTheTask() {
        Launch launch = Launch.besideASoundOne(WrongFactoryTestCases.class);
        String fail = "@ExecutorUnderTest on ";
        assertThat(launch.failure("isNull"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage(fail + "Null.create(): the method returned null. Return a java.util.concurrent.Executor,"
                        + " a new one each time.");
        assertThat(launch.failure("isNone"))
                .hasMessage(fail + "None.create(): the method returned a java.lang.String. Return a"
                        + " java.util.concurrent.Executor, a new one each time.");
        assertThat(launch.failure("takesParameters"))
                .hasMessage(fail + "Parameters.create(): the method takes parameters. Let it take none, and use"
                        + " fields instead.");
        assertThat(launch.failure("besideAField"))
                .hasMessage(fail + "BesideAField.executor and BesideAField.create(): a task runs on one executor."
                        + " Keep one, in a class of its own each.");
        assertThat(launch.failure("throwsIt"))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("port in use");
    }

    @Quick
    static class WrongFactoryTestCases {
        @Nested
        class Null {
            @ExecutorUnderTest
            Executor create() {
                return null;
            }

            @AsyncTask
            void isNull() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class None {
            @ExecutorUnderTest
            String create() {
                return "none";
            }

            @AsyncTask
            void isNone() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Parameters {
            @ExecutorUnderTest
            Executor create(int threads) {
                return Executors.newFixedThreadPool(threads);
            }

            @AsyncTask
            void takesParameters() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class BesideAField {
            @ExecutorUnderTest
            final Executor executor = Runnable::run;

            @ExecutorUnderTest
            Executor create() {
                return Runnable::run;
            }

            @AsyncTask
            void besideAField() {
                throw new IllegalStateException("declined");
            }
        }

        @Nested
        class Throwing {
            @ExecutorUnderTest
            Executor create() throws IOException {
                throw new IOException("port in use");
            }

            @AsyncTask
            void throwsIt() {
                throw new IllegalStateException("declined");
            }
        }
    }

    @Test
    void parameterWithoutAFittingExecutor_failsTheTask() {
        Launch launch = Launch.besideASoundOne(WrongParameterTestCases.class);
        assertThat(launch.failure("noneDeclared"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("@ExecutorUnderTest on a parameter of WrongParameterTestCases.noneDeclared(Executor): there"
                        + " is none. Declare one: put @ExecutorUnderTest on a field or on a method without"
                        + " parameters.");
        assertThat(launch.failure("anotherType"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .message()
                .matches("@ExecutorUnderTest on a parameter of Inner\\.anotherType\\(ExecutorService\\): it is a"
                        + " io\\.github\\.retainless\\.RetentionExtensionExecutorTests\\$\\S+\\. Take it as a"
                        + " java\\.util\\.concurrent\\.Executor\\.");
    }

    @Quick
    static class WrongParameterTestCases {
        @AsyncTask
        void noneDeclared(@ExecutorUnderTest Executor executor) {
            throw new IllegalStateException("declined");
        }

        @Nested
        class Inner {
            @ExecutorUnderTest
            final Executor executor = Runnable::run;

            @AsyncTask
            void anotherType(@ExecutorUnderTest ExecutorService service) {
                throw new IllegalStateException("declined");
            }
        }
    }

    @Slow("makes an experiment of each kind of wrong configuration")
    @Test
    void wrongConfigurationThatTheTaskFinds_failsTheTest() {
        Launch launch = Launch.besideASoundOne(TaskThatFindsItWrongTestCases.class);
        assertThat(launch.failure("findsItWrong"))
                .isExactlyInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("no card number is configured");
    }

    @Quick
    static class TaskThatFindsItWrongTestCases {
        @AsyncTask
        void findsItWrong() {
            throw new ExtensionConfigurationException("no card number is configured");
        }
    }
}
