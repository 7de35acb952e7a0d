package io.github.retainless.lab.corpus;

import io.github.retainless.experiment.Jvm;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.heap.CurrentJvm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs subjects many times and prints which verdicts they got; ends with exit code 1 if one of them was wrong.
 * Arguments: runs of each, how many at the same time, and the subjects' names (all, if there are none).
 */
public final class CorpusTrials {
    private CorpusTrials() {}

    public static void main(String[] arguments) throws Exception {
        int runs = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        List<CorpusSubject> subjects = arguments.length == 2
                ? Corpus.ofThisJdk().toList()
                : Arrays.stream(arguments).skip(2).map(Corpus::named).toList();
        Jvm jvm = CurrentJvm.describe();
        System.out.printf("JDK %s, %s, %d runs of each%n", jvm.version(), jvm.collector(), runs);
        int wrong = 0;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (var trials : submit(subjects, runs, executor).entrySet()) {
                wrong += print(trials.getKey(), trials.getValue());
            }
        } finally {
            executor.shutdownNow();
        }
        System.out.printf("%d experiments, %d wrong verdicts%n", runs * subjects.size(), wrong);
        System.exit(wrong == 0 ? 0 : 1);
    }

    /** All at once, so that no thread idles while the last run of a subject waits. */
    private static Map<CorpusSubject, List<Future<RetentionReport>>> submit(
            List<CorpusSubject> subjects, int runs, ExecutorService executor) {
        Map<CorpusSubject, List<Future<RetentionReport>>> trials = new LinkedHashMap<>();
        for (CorpusSubject subject : subjects) {
            List<Future<RetentionReport>> reports = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                reports.add(executor.submit(subject::run));
            }
            trials.put(subject, reports);
        }
        return trials;
    }

    private static int print(CorpusSubject subject, List<Future<RetentionReport>> trials) throws Exception {
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        Instant began = Instant.MAX;
        Instant ended = Instant.MIN;
        int wrong = 0;
        for (Future<RetentionReport> trial : trials) {
            RetentionReport report = trial.get();
            began = report.began().isBefore(began) ? report.began() : began;
            Instant end = report.began().plus(report.took());
            ended = end.isAfter(ended) ? end : ended;
            verdicts.merge(report.verdict(), 1, Integer::sum);
            if (!subject.right().contains(report.verdict())) {
                wrong++;
                System.out.println("WRONG: " + report);
            }
        }
        System.out.printf(
                "%-60s right: %-20s got: %-30s %,d s%n",
                subject.label(),
                subject.right(),
                verdicts,
                Duration.between(began, ended).toSeconds());
        return wrong;
    }
}
