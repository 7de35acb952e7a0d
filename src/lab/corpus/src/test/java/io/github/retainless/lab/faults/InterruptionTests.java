package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The test's thread is interrupted: in the warm-up, a round, a collection, while the heap is dumped and read, while the
 * report is written.
 */
class InterruptionTests {
    /** How many tests are interrupted at random. */
    private static final int TIMES = Integer.getInteger("retainless.faults.interruptions", 3);

    private static final long SEED = 4711;

    private static final List<String> STAGES =
            List.of("AttemptThreads.attempt", "HeapCollector.collect", "Thread.sleep", "HeapDumpReader.read");

    private static final String ENDED = "(?s)leaks\\(\\) proves nothing: the experiment was interrupted after \\d+"
            + " attempts\\.\n\n.*  Who interrupts it\\? A time-out of the test must leave room for all its attempts\\.";
    private static final String DONE = "(?s)leaks\\(\\) retains the exceptions it throws: 5 of every 5 stay reachable, "
            + ".*  Likely: the test itself keeps the failures\\..*";
    private static final String REPORT = "\n\n  JDK [^\n]*Report: [^\n]*index\\.html#[^\n]*\\.leaks";

    @TempDir
    Path folder;

    @Test
    void interruptedAtAnyStage_saysSoOrIsDone() {
        Build build = new Build(folder);
        Build.Ended ended =
                build.await(build.start(List.of(), List.of("-Dtimes=" + TIMES), Interrupting.class, List.of()));

        for (String stage : STAGES) {
            check(ended, stage, (stage.startsWith("HeapDump") ? DONE : ENDED) + REPORT);
        }
        for (int i = 1; i <= TIMES; i++) {
            check(ended, "at random " + i, "(" + ENDED + "|" + DONE + ")" + REPORT);
        }
        assertThat(ended.tests()).hasSize(3 * (STAGES.size() + TIMES));
        assertThat(ended.threads()).isEqualTo("[]");
        assertThat(build.temporary()).isEmptyDirectory();
    }

    private static void check(Build.Ended ended, String stage, String message) {
        assertThat(ended.test(stage + ": leaks").message()).as(stage).matches(message);
        assertThat(ended.test(stage + ": interrupted").message())
                .as("whether it is, and whether it stays so: %s", stage)
                .isIn(stage.startsWith("at random") ? List.of("true true", "false false") : List.of("true true"));
        assertThat(ended.test(stage + ": sound")).as(stage).isEqualTo(Build.Outcome.SOUND);
    }

    /** The JVM in which it is done: runs a test, interrupts it, and runs another one on the same thread. */
    static final class Interrupting {
        private Interrupting() {}

        public static void main(String[] folder) throws InterruptedException {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            Thread test = Thread.currentThread();
            for (String stage : STAGES) {
                launch(folder[0], stage, () -> {
                    while (!isIn(test, stage) && LeakingTestCases.isOpen()) {
                        Thread.onSpinWait();
                    }
                    LeakingTestCases.interrupt(test);
                });
            }
            Random random = new Random(SEED);
            for (int i = 1; i <= Integer.getInteger("times"); i++) {
                int millis = random.nextInt(3_000);
                launch(folder[0], "at random " + i, () -> {
                    sleep(millis);
                    LeakingTestCases.interrupt(test);
                });
            }
            Launches.tell("threads", Launches.left(before).toString());
        }

        private static void launch(String folder, String stage, Runnable interrupting) throws InterruptedException {
            LeakingTestCases.open();
            Thread thread = new Thread(interrupting);
            thread.start();
            Launches.launch(stage + ": ", folder, LeakingTestCases.class.getName());
            Launches.tell(
                    stage + ": interrupted", "", "", LeakingTestCases.wasInterrupted + " " + LeakingTestCases.isStill);
            thread.join();
            Launches.launch(stage + ": ", folder, Build.SoundTestCases.class.getName());
        }

        private static void sleep(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        private static boolean isIn(Thread thread, String stage) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> (frame.getClassName() + "." + frame.getMethodName()).endsWith(stage));
        }
    }

    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    static class LeakingTestCases {
        private static boolean isOpen;
        static boolean wasInterrupted;
        static boolean isStill;

        private final List<Throwable> kept = new ArrayList<>();

        static synchronized void open() {
            isOpen = true;
            wasInterrupted = false;
        }

        static synchronized boolean isOpen() {
            return isOpen;
        }

        /** Interrupts it as long as the test lasts. */
        static synchronized void interrupt(Thread test) {
            if (isOpen) {
                wasInterrupted = true;
                test.interrupt();
            }
        }

        @AfterEach
        void close() {
            synchronized (LeakingTestCases.class) {
                isOpen = false;
                isStill = Thread.interrupted();
            }
        }

        @AsyncTask
        void leaks() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }
}
