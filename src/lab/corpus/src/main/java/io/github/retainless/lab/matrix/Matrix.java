package io.github.retainless.lab.matrix;

import io.github.retainless.lab.subjects.JdkSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Puts subjects whose right verdict is known to every kind of JVM, some runs of each, and writes the confusion matrix,
 * a table of all JVMs, and the whole output of those in which anything was not right. Ends with exit code 1 if there is
 * one.
 *
 * <p>Arguments: the JDKs' folders, separated as in a class path; a pattern that a kind's name must contain, such as
 * {@code 25.*ZGC}; runs of each subject in a JVM (half as many where everything is slow); JVMs at the same time;
 * experiments at the same time in each, but one where the heap is smallest.
 */
public final class Matrix {
    private static final List<JdkSubject> SUBJECTS = List.of(
            JdkSubject.NOTHING_KEPT,
            JdkSubject.FIXED_POOL,
            JdkSubject.FORK_JOIN_POOL,
            JdkSubject.THREAD_PER_TASK,
            JdkSubject.LARGE_RESULT_SUCCESS_TASK,
            JdkSubject.LAST_ERROR,
            JdkSubject.LAST_ERROR_OF_EACH_POOL_THREAD,
            JdkSubject.RING_BUFFER_OF_256,
            JdkSubject.ALL_KEPT,
            JdkSubject.ONE_IN_TEN_KEPT,
            JdkSubject.ONLY_THE_PAYLOAD_KEPT,
            JdkSubject.ALL_OF_WITH_ONE_THAT_NEVER_COMPLETES);
    private static final long TIMEOUT_MINUTES = 30;

    private final Path folder;
    private final int runs;
    private final int experimentsAtATime;

    private Matrix(Path folder, int runs, int experimentsAtATime) {
        this.folder = folder;
        this.runs = runs;
        this.experimentsAtATime = experimentsAtATime;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "matrix"));
        Pattern chosen = Pattern.compile(arguments[1]);
        List<Jdk> jdks = Jdk.in(arguments[0]);
        List<JvmKind> kinds = new ArrayList<>(JvmKind.all(jdks).stream()
                .filter(kind -> chosen.matcher(kind.name()).find())
                .toList());
        // So that the slow ones meet by chance only.
        Collections.shuffle(kinds, new Random(7));
        Matrix matrix = new Matrix(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[4]));
        List<JvmRun> all = matrix.run(kinds, Integer.parseInt(arguments[3]));
        MatrixText text = new MatrixText(jdks, all);
        Files.writeString(folder.resolve("matrix.md"), text.markdown());
        Files.writeString(folder.resolve("matrix.csv"), text.csv());
        System.out.println(text.markdown());
        System.exit(all.stream().allMatch(JvmRun::good) ? 0 : 1);
    }

    private List<JvmRun> run(List<JvmKind> kinds, int jvmsAtATime) throws Exception {
        ExecutorService jvms = Executors.newFixedThreadPool(jvmsAtATime);
        List<Future<JvmRun>> running = new ArrayList<>();
        for (JvmKind kind : kinds) {
            running.add(jvms.submit(() -> run(kind)));
        }
        jvms.shutdown();
        List<JvmRun> all = new ArrayList<>();
        for (Future<JvmRun> run : running) {
            all.add(run.get());
        }
        all.sort((a, b) -> kinds.indexOf(a.kind()) - kinds.indexOf(b.kind()));
        return all;
    }

    private JvmRun run(JvmKind kind) throws IOException, InterruptedException {
        int runsHere = kind.option().slow() ? (runs + 1) / 2 : runs;
        Path log = folder.resolve(kind.name().replaceAll("[^A-Za-z0-9.]+", "-") + ".log");
        Path err = Files.createTempFile("matrix", ".err");
        long began = System.nanoTime();
        Process jvm = new ProcessBuilder(command(kind, runsHere))
                .redirectOutput(log.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = jvm.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
        jvm.destroyForcibly().waitFor();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        String complaints = Files.readString(err);
        Files.delete(err);
        JvmRun run = new JvmRun(
                kind,
                runsHere * SUBJECTS.size(),
                Result.in(Files.readAllLines(log)),
                fault(ended, jvm.exitValue(), complaints),
                seconds);
        if (run.good()) {
            Files.delete(log);
        } else {
            Files.writeString(log, Files.readString(log) + complaints);
        }
        System.out.printf(
                "%s: %,d experiments, %,d s%s%n",
                kind.name(),
                run.results().size(),
                seconds,
                run.good() ? "" : ", WRONG: " + run.whatIsWrong() + ", see " + log);
        return run;
    }

    private List<String> command(JvmKind kind, int runsHere) {
        List<String> command = new ArrayList<>();
        command.add(kind.jdk().java().toString());
        command.addAll(kind.flags());
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), MatrixTrials.class.getName()));
        command.add(Integer.toString(runsHere));
        // Heap dumps of six at a time would fill the smallest heap.
        command.add(Integer.toString(kind.heap().equals("64m") ? 1 : experimentsAtATime));
        command.add(Integer.toString(kind.name().hashCode()));
        command.add(kind.neverCollects() ? "UNDECIDED" : "own");
        SUBJECTS.forEach(subject -> command.add(subject.name()));
        return command;
    }

    private static String fault(boolean ended, int exitCode, String complaints) {
        if (!ended) {
            return "still running after " + TIMEOUT_MINUTES + " minutes";
        }
        if (exitCode != 0) {
            return "exit code " + exitCode;
        }
        return complaints.isBlank()
                ? ""
                : "stderr: " + complaints.lines().findFirst().orElseThrow();
    }
}
