package io.github.retainless.trust;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.heap.Jvm;
import io.github.retainless.subjects.JdkSubject;
import io.github.retainless.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs subjects whose verdict is known many times and prints which verdicts they got; ends with exit code 1 if one of
 * them was wrong. Arguments: runs of each, how many at the same time, and the subjects' names (all, if there are none).
 */
public final class VerdictTrials {
    private VerdictTrials() {}

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        List<JdkSubject> subjects = arguments.length == 2
                ? List.of(JdkSubject.values())
                : Arrays.stream(arguments).skip(2).map(JdkSubject::valueOf).toList();
        Jvm jvm = Jvm.current();
        System.out.printf("JDK %s, %s, %d runs of each%n", jvm.version(), jvm.collector(), runs);
        int wrong = 0;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (JdkSubject subject : subjects) {
                wrong += trials(subject, runs, executor);
            }
        } finally {
            executor.shutdownNow();
        }
        System.out.printf("%d experiments, %d wrong verdicts%n", runs * subjects.size(), wrong);
        System.exit(wrong == 0 ? 0 : 1);
    }

    private static int trials(JdkSubject subject, int runs, ExecutorService executor) throws Exception {
        long start = System.nanoTime();
        List<Callable<RetentionReport>> trials = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            trials.add(subject::run);
        }
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        int wrong = 0;
        for (Future<RetentionReport> future : executor.invokeAll(trials)) {
            RetentionReport report = future.get();
            verdicts.merge(report.verdict(), 1, Integer::sum);
            if (!subject.right().contains(report.verdict())) {
                wrong++;
                System.out.println("WRONG: " + report);
            }
        }
        System.out.printf(
                "%-60s right: %-20s got: %-30s %,d s%n",
                subject, subject.right(), verdicts, (System.nanoTime() - start) / 1_000_000_000);
        return wrong;
    }
}
