package io.github.retainless.lab.matrix;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.corpus.Scope;
import io.github.retainless.lab.subjects.JdkSubject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs in each JVM of the matrix: subjects in random order. Prints a {@link Result} for each experiment, and the whole
 * report above it if the verdict is not right. Arguments: runs of each subject, how many at the same time, a seed, the
 * verdict that is right for all (or {@code own}), and the subjects' names.
 */
final class MatrixTrials {
    private MatrixTrials() {}

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        String right = arguments[3];
        List<Runnable> trials = new ArrayList<>();
        for (String name : Arrays.asList(arguments).subList(4, arguments.length)) {
            JdkSubject subject = JdkSubject.valueOf(name);
            Set<Verdict> rightOnes = right.equals("own") ? subject.right() : Set.of(Verdict.valueOf(right));
            for (int run = 0; run < runs; run++) {
                boolean explained = run == 0;
                trials.add(() -> run(subject, rightOnes, explained));
            }
        }
        Collections.shuffle(trials, new Random(Long.parseLong(arguments[2])));
        ExecutorService executor = Executors.newFixedThreadPool(Integer.parseInt(arguments[1]));
        List<Future<?>> running = new ArrayList<>();
        trials.forEach(trial -> running.add(executor.submit(trial)));
        for (Future<?> trial : running) {
            trial.get();
        }
        System.exit(0);
    }

    private static void run(JdkSubject subject, Set<Verdict> right, boolean explained) {
        long began = System.nanoTime();
        RetentionReport told;
        try (Scope scope = new Scope()) {
            RetentionExperiment experiment = subject.experiment(scope).named(subject.label());
            if (!explained && !subject.right().contains(Verdict.RELEASED)) {
                // A dump can only take away what nobody holds, and one for each would take most of the time.
                experiment.explainUnless(report -> true);
            }
            told = experiment.run();
        }
        long millis = (System.nanoTime() - began) / 1_000_000;
        String line = new Result(subject.name(), told.verdict(), millis).line();
        if (!right.contains(told.verdict())) {
            line = "WRONG, right is " + right + ": " + told + "\n" + told.text() + "\n" + line;
        }
        System.out.println(line);
    }
}
