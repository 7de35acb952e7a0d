package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others that crowd the JVM: ten thousand threads, or one that thrashes the heap and collects it all the time. */
class CrowdTests {
    @TempDir
    Path folder;

    @Test
    void tenThousandThreads_verdictsAreRight() {
        assertThat(check(ManyThreadsTestCases.class).tests()).hasSize(3);
    }

    @Test
    void neighbourThatThrashesTheHeap_verdictsAreRight() {
        Build.Ended ended = check(ThrashedTestCases.class);

        assertThat(ended.tests()).hasSize(4);
        assertThat(ended.test("keepsTheLastTen")).isEqualTo(new Build.Outcome("SUCCESSFUL", "BOUNDED", ""));
    }

    private Build.Ended check(Class<?> fixture) {
        Build build = new Build(folder);

        Build.Ended ended = build.run(List.of("-Xmx256m"), fixture).assertHarmless();

        assertThat(ended.test("clean")).isEqualTo(Build.Outcome.SOUND);
        assertThat(ended.test("keepsAll").verdict()).isEqualTo("GROWING");
        assertThat(ended.test("keepsAll").message())
                .startsWith("keepsAll() retains the exceptions it throws: 20 of every 20 stay reachable, ")
                .containsPattern("\n  (1[24]0) of \\1 retained through\n")
                .contains("kept : ArrayList\n");
        assertThat(build.temporary()).isEmptyDirectory();
        return ended;
    }

    @NoExceptionRetention(failures = 20, rounds = 3, budget = 2, maxRetained = 10)
    abstract static class WithTwoTasks {
        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        void clean() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void keepsAll() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }

    static class ManyThreadsTestCases extends WithTwoTasks {
        private static final int THREADS = 10_000;
        private static final List<Thread> STARTED = new ArrayList<>();
        private static final CountDownLatch END = new CountDownLatch(1);

        @BeforeAll
        static void startThreads() {
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(null, ManyThreadsTestCases::idle, "idle-" + i, 64 << 10);
                thread.setDaemon(true);
                thread.start();
                STARTED.add(thread);
            }
        }

        private static void idle() {
            try {
                END.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @AfterAll
        static void endThreads() throws InterruptedException {
            END.countDown();
            for (Thread thread : STARTED) {
                thread.join();
            }
        }
    }

    static class ThrashedTestCases extends WithTwoTasks {
        private static final Thread NEIGHBOUR = new Thread(ThrashedTestCases::thrash, "neighbour");

        private final Deque<Throwable> last = new ArrayDeque<>();

        @AsyncTask
        void keepsTheLastTen() {
            IllegalStateException declined = new IllegalStateException("declined");
            last.add(declined);
            if (last.size() > 10) {
                last.remove();
            }
            throw declined;
        }

        /** Some hundred megabytes a second. */
        private static void thrash() {
            byte[][] some = new byte[64][];
            try {
                for (int i = 0; ; i++) {
                    some[i % some.length] = new byte[1 << 20];
                    if (i % 200 == 0) {
                        System.gc();
                    }
                    Thread.sleep(1);
                }
            } catch (InterruptedException ended) {
                // All tests are done.
            }
        }

        @BeforeAll
        static void startNeighbour() {
            NEIGHBOUR.start();
        }

        @AfterAll
        static void endNeighbour() throws InterruptedException {
            NEIGHBOUR.interrupt();
            NEIGHBOUR.join();
        }
    }
}
