package io.github.retainless.internal.output.results;

import io.github.retainless.experiment.Verdict;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The worst of any number of tests, and how many there are of each verdict. Holds no more than that. */
public final class WorstResults {
    /** From the worst on. */
    public static final List<Verdict> VERDICTS =
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

    /**
     * None so far.
     *
     * @param most how many are held
     */
    public WorstResults(int most) {
        this.most = most;
    }

    /** One more. */
    public void add(TestResult result) {
        counts.merge(result.report().verdict(), 1L, Long::sum);
        failed += result.passed() ? 0 : 1;
        worst.add(result);
        if (worst.size() > most) {
            worst.remove();
        }
    }

    /** How many there are. */
    public long tests() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many of them failed. */
    public long failed() {
        return failed;
    }

    /** How many have a verdict. */
    public long count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0L);
    }

    /** Those that failed first, then by verdict and by bytes per failure. */
    public List<TestResult> tests(int most) {
        return worst.stream().sorted(WORST_FIRST).limit(most).toList();
    }

    /** The same without those that passed. */
    public List<TestResult> failures(int most) {
        return tests(most).stream().filter(result -> !result.passed()).toList();
    }
}
