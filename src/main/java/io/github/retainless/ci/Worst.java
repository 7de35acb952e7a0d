package io.github.retainless.ci;

import io.github.retainless.results.TestResult;
import io.github.retainless.verdict.Verdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The worst of any number of tests, and how many there are of each verdict. Holds no more than that. */
final class Worst {
    /** From the worst on. */
    static final List<Verdict> VERDICTS =
            List.of(Verdict.GROWING, Verdict.UNDECIDED, Verdict.BOUNDED, Verdict.RELEASED);

    private static final Comparator<TestResult> WORST_FIRST = Comparator.comparing(TestResult::passed)
            .thenComparing(result -> VERDICTS.indexOf(result.report().verdict()))
            .thenComparing(result -> -result.report().bytesPerFailure())
            .thenComparing(TestResult::className)
            .thenComparing(TestResult::name)
            .thenComparing(TestResult::id);

    private final int most;
    private final PriorityQueue<TestResult> worst = new PriorityQueue<>(WORST_FIRST.reversed());
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private long failed;

    Worst(int most) {
        this.most = most;
    }

    void add(TestResult result) {
        counts.merge(result.report().verdict(), 1L, Long::sum);
        failed += result.passed() ? 0 : 1;
        worst.add(result);
        if (worst.size() > most) {
            worst.remove();
        }
    }

    long tests() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    long failed() {
        return failed;
    }

    long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** The failed ones first. */
    List<TestResult> tests(int most) {
        return worst.stream().sorted(WORST_FIRST).limit(most).toList();
    }

    /** Of those that failed. */
    List<TestResult> failures(int most) {
        return tests(most).stream().filter(result -> !result.passed()).toList();
    }
}
