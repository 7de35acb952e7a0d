package io.github.retainless.lab.peers;

import com.google.common.testing.GcFinalization;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.checkleak.core.util.JVMTIReport;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import junit.framework.AssertionFailedError;
import one.jpro.jmemorybuddy.JMemoryBuddy;
import org.netbeans.junit.NbTestCase;

/** "Do these 400 failing tasks leak, and by whom?", put to a tool as its users would. */
final class Question {
    static final int TASKS = 400;
    static final int ROUNDS = 4;
    static final int WARM_UP = 10;

    private final Dispatcher dispatcher;
    private final Path directory;

    /**
     * A question.
     *
     * @param directory for dumps
     */
    Question(Dispatcher dispatcher, Path directory) {
        this.dispatcher = dispatcher;
        this.directory = directory;
    }

    /**
     * What a tool says.
     *
     * @param leaks whether the tasks leak
     * @param text its words
     */
    record Answer(boolean leaks, String text) {
        static final Answer NO_LEAK = new Answer(false, "");

        /** Whether the reader learns who holds the failures. */
        boolean namesTheHolder() {
            return text.contains("inFlight");
        }
    }

    Answer retainless() {
        RetentionReport report = RetentionExperiment.of(dispatcher::charge)
                .failures(TASKS / ROUNDS)
                .rounds(ROUNDS)
                .run();
        return new Answer(report.verdict() == Verdict.GROWING, report.text());
    }

    /** The tasks of our experiment on a clean subject, and as many bare collections. */
    Answer floor() throws InterruptedException {
        fail(WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            fail(TASKS / ROUNDS);
            System.gc();
        }
        return Answer.NO_LEAK;
    }

    private void fail(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            dispatcher.declined();
        }
    }

    Answer jmemorybuddy() {
        System.setProperty("jmemorybuddy.output", directory.toString());
        try {
            JMemoryBuddy.memoryTest(checker -> {
                try {
                    for (int i = 0; i < TASKS; i++) {
                        checker.assertCollectable(dispatcher.declined());
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            return Answer.NO_LEAK;
        } catch (AssertionError leak) {
            return new Answer(true, String.valueOf(leak.getMessage()));
        }
    }

    /** It waits for a fixed time; one try a failure is the least. */
    Answer jmemorybuddyInAHurry() {
        System.setProperty("jmemorybuddy.steps", "1");
        System.setProperty("jmemorybuddy.testDuration", "1");
        return jmemorybuddy();
    }

    Answer guava() throws InterruptedException {
        return guava(TASKS);
    }

    /** As often as we look. */
    Answer guavaEachRound() throws InterruptedException {
        for (int round = 1; round < ROUNDS; round++) {
            guava(TASKS / ROUNDS);
        }
        return guava(TASKS / ROUNDS);
    }

    private Answer guava(int tasks) throws InterruptedException {
        List<WeakReference<Throwable>> failures = watch(tasks);
        try {
            GcFinalization.awaitDone(() -> failures.stream().allMatch(failure -> failure.refersTo(null)));
            return Answer.NO_LEAK;
        } catch (RuntimeException timeOut) {
            return new Answer(true, String.valueOf(timeOut.getMessage()));
        }
    }

    /** Its first failure that stays ends it. It finds statics no more, on JDK 17, so that it is told where to begin. */
    Answer netbeans() throws InterruptedException {
        try {
            for (WeakReference<Throwable> failure : watch(TASKS)) {
                NbTestCase.assertGC("a declined payment", failure, Set.of(dispatcher));
            }
            return Answer.NO_LEAK;
        } catch (AssertionFailedError leak) {
            return new Answer(true, String.valueOf(leak.getMessage()));
        }
    }

    Answer checkLeak() throws Exception {
        return checkLeak(TASKS);
    }

    /** As often as we look. */
    Answer checkLeakEachRound() throws Exception {
        for (int round = 1; round < ROUNDS; round++) {
            checkLeak(TASKS / ROUNDS);
        }
        return checkLeak(TASKS / ROUNDS);
    }

    /** Its report goes to the console. */
    private Answer checkLeak(int tasks) throws Exception {
        fail(tasks);
        PrintStream console = System.out;
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        System.setOut(new PrintStream(report, true, StandardCharsets.UTF_8));
        try {
            boolean leaks = JVMTIReport.hasLeaks(PaymentDeclined.class.getName(), 0, 10);
            return new Answer(leaks, report.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(console);
        }
    }

    Answer shark() throws InterruptedException, IOException {
        fail(TASKS);
        Path dump = dump("shark.hprof");
        List<Finding> findings = SharkReader.pathsOnly(dump);
        Files.delete(dump);
        StringJoiner text = new StringJoiner("\n");
        findings.forEach(finding -> text.add(finding.line()));
        return new Answer(!findings.isEmpty(), text.toString());
    }

    /**
     * By default it compares five dumps, with two runs of a scenario between them, unless the heap stops growing
     * earlier.
     */
    Answer sharkGrowth() throws Exception {
        int dumps = 5;
        int runs = 2;
        SharkGrowth growth = new SharkGrowth(runs);
        for (int number = 0; number < dumps; number++) {
            for (int run = 0; run < runs; run++) {
                fail(TASKS / dumps / runs);
            }
            Path dump = dump("growth.hprof");
            growth.look(dump);
            Files.delete(dump);
            if (growth.hasEnded()) {
                return Answer.NO_LEAK;
            }
        }
        String growing = growth.growing();
        return new Answer(growing.contains("Dispatcher"), growing);
    }

    private Path dump(String name) throws IOException {
        Path dump = directory.resolve(name);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        return dump;
    }

    private List<WeakReference<Throwable>> watch(int tasks) throws InterruptedException {
        List<WeakReference<Throwable>> failures = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            failures.add(new WeakReference<>(dispatcher.declined()));
        }
        return failures;
    }
}
