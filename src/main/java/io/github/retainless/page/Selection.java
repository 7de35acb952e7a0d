package io.github.retainless.page;

import io.github.retainless.results.TestResult;
import io.github.retainless.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** The worst of any number of tests, and how many there are of each verdict. Holds no more than the page shows. */
public final class Selection {
    private static final Comparator<TestResult> WORST_FIRST = Comparator.<TestResult, Boolean>comparing(
                    TestResult::passed)
            .thenComparing(result -> severity(result.report().verdict()))
            .thenComparing(result -> -result.report().bytesPerFailure())
            .thenComparing(TestResult::className)
            .thenComparing(TestResult::name)
            .thenComparing(TestResult::id);

    private final int mostRows;
    private final int mostShown;
    private final PriorityQueue<TestResult> worst = new PriorityQueue<>(WORST_FIRST.reversed());
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private long failed;

    /** Of what a page shows and stays small: the 500 worst, 50 of them with all there is to say. */
    public Selection() {
        this(500, 50);
    }

    /**
     * A selection.
     *
     * @param mostRows how many tests the overview has at the most
     * @param mostShown how many of these have charts and more, the worst ones
     */
    public Selection(int mostRows, int mostShown) {
        this.mostRows = mostRows;
        this.mostShown = mostShown;
    }

    /** One more. */
    public void add(TestResult result) {
        counts.merge(result.report().verdict(), 1L, Long::sum);
        failed += result.passed() ? 0 : 1;
        worst.add(result);
        if (worst.size() > mostRows) {
            worst.remove();
        }
    }

    private static int severity(Verdict verdict) {
        return switch (verdict) {
            case GROWING -> 0;
            case UNDECIDED -> 1;
            case BOUNDED -> 2;
            case RELEASED -> 3;
        };
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

    List<TestView> rows() {
        List<TestView> rows = new ArrayList<>();
        for (TestResult result : worst.stream().sorted(WORST_FIRST).toList()) {
            rows.add(new TestView(result, HtmlPage.anchor(result.id()), rows.size() < mostShown));
        }
        return rows;
    }
}
