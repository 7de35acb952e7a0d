package io.github.retainless.internal.verdict;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.Verdict;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Tells a leak from what merely holds something, by the age of what is held.
 *
 * <p>A leak keeps failures of every age and goes on doing so. A last error, a ring buffer or a cache lets the old ones
 * go; a buffer that fills up takes no new ones; one that keeps the first and the last has a gap between them. So growth
 * must keep its slope, and leave no gap, for as long as the budget goes.
 *
 * @param failuresPerRound how many failures a round has; at least 1
 * @param rounds how many rounds were asked for; at least 3
 * @param budget how many failures may be run while a plateau may still come; at least those asked for
 */
public record Judge(long failuresPerRound, int rounds, long budget) {
    /** Growth to this many failures is clear without going to the budget: real buffers end at 4,096 or below. */
    static final long CLEAR = 10_000;

    /** Below this many bytes a failure, growing weight is noise: a message with longer numbers, a lazy field. */
    private static final long NOISE_BYTES_PER_FAILURE = 2;

    /** One failure whose weight is any each time gets heavier that often once in 40,000. */
    private static final int FEWEST_WEIGHINGS = 8;

    /** How often to look again whether what is left is only what the JVM itself keeps. */
    private static final int SECOND_LOOKS = 2;

    /** Growth over fewer failures than this is not told from chance, however small the budget is. */
    private static final int FEWEST_FAILURES = 32;

    private static final int FEWEST_HELD = 3;

    private static final int FEWEST_EXPECTED = 24;

    private static final int FEWEST_LASTING = 8;

    /** Judges a history, the oldest census first, one census a round or, past the asked-for rounds, a stage. */
    public Judgement judge(List<Census> history) {
        if (history.size() < rounds) {
            return Judgement.needs(failuresPerRound);
        }
        Census last = last(history);
        boolean isEnough = isEnough(last.attempts(), last.heldTotal());
        if (countGrows(history, isEnough)) {
            return isEnough ? Judgement.growing(Growth.COUNT) : goOn(last);
        }
        if (bytesGrow(history)) {
            return isEnough && history.size() >= FEWEST_WEIGHINGS ? Judgement.growing(Growth.BYTES) : goOn(last);
        }
        return resting(history);
    }

    /**
     * Judges an experiment that had to stop because the heap was full.
     *
     * @param maxHeap the heap's limit in bytes
     */
    public Judgement judgeFullHeap(List<Census> history, long maxHeap) {
        Census first = history.get(0);
        Census last = last(history);
        if (last.bytes() < maxHeap / 3) {
            return Judgement.is(Verdict.UNDECIDED);
        }
        if (last.heldTotal() > 1 && (history.size() == 1 || countGrows(history, false))) {
            return Judgement.growing(Growth.COUNT);
        }
        return last.bytes() > 2 * first.bytes() && bytesGrow(history)
                ? Judgement.growing(Growth.BYTES)
                : Judgement.is(Verdict.UNDECIDED);
    }

    /**
     * How many failures are run at the most: the budget; with the smallest settings, whole rounds enough to tell growth
     * from chance.
     */
    public long limit() {
        return Math.max(budget, (FEWEST_FAILURES + failuresPerRound - 1) / failuresPerRound * failuresPerRound);
    }

    /** Whether so many failures can be found to grow without end, if so many of them are held. */
    public boolean isEnough(long failures, long held) {
        return failures >= limit() || held >= CLEAR;
    }

    private Judgement goOn(Census last) {
        long left = limit() - last.attempts();
        return Judgement.needs(left > 0 ? Math.min(last.attempts(), left) : failuresPerRound);
    }

    /** Whether more are held, with few of them: whether that is not refuted; with enough: whether that is clear. */
    private boolean countGrows(List<Census> history, boolean isEnough) {
        Census last = last(history);
        if (last.heldTotal() <= history.get(0).heldTotal()) {
            return false;
        }
        if (isEnough && (last.heldTotal() < FEWEST_HELD || !addsEnough(halfway(history), last))) {
            return false;
        }
        boolean showsGaps = isEnough || last.heldTotal() >= 2 * Census.FEWEST_PER_STRETCH;
        boolean showsSlope = isEnough || expected(history, false) >= FEWEST_EXPECTED;
        return !(showsGaps && last.hasGap(cohorts(last), heldOnce(history)))
                && !(showsSlope && !keepsSlope(history, isEnough));
    }

    /**
     * Of a few that are replaced now and then, more or fewer are the last of their thread, which do not count as held.
     * Growth would have doubled what is retained.
     */
    private static boolean addsEnough(Census half, Census last) {
        long before = half.retainedTotal();
        return last.retainedTotal() >= before + Math.max(1, Math.min(before, FEWEST_HELD));
    }

    /** Of each cohort of the last census, how many were held at the most. */
    private static List<Integer> heldOnce(List<Census> history) {
        return IntStream.range(0, last(history).held().size())
                .mapToObj(cohort -> history.stream()
                        .filter(census -> cohort < census.held().size())
                        .mapToInt(census -> census.held().get(cohort))
                        .max()
                        .orElse(0))
                .toList();
    }

    /** How many more would be held now than at half the failures if it had gone on as until then. */
    private double expected(List<Census> history, boolean isEnough) {
        Census last = last(history);
        Census half = halfway(history);
        long held = half.heldTotal();
        if (!isEnough || oldestLast(half, last)) {
            // What has been let go since was held by something else, a ring buffer say; there may be a leak beside it.
            held = Math.min(held, last.heldOfOldest(cohorts(half)));
        }
        return (double) held / half.attempts() * (last.attempts() - half.attempts());
    }

    private boolean oldestLast(Census half, Census last) {
        int oldest = cohorts(half) / 4;
        long before = half.heldOfOldest(oldest);
        return before >= FEWEST_LASTING && last.heldOfOldest(oldest) >= before * 3 / 4;
    }

    private boolean keepsSlope(List<Census> history, boolean isEnough) {
        long grown = last(history).heldTotal() - halfway(history).heldTotal();
        double expected = expected(history, isEnough);
        // A leak that strikes at random adds less by chance, the more often one looks; of many failures half counts.
        double chance = Math.sqrt(expected) * (isEnough ? 1 : 1.5);
        return grown > 0 && grown >= expected / 2 - chance;
    }

    /** How many cohorts are whole: the last round may have ended early. */
    private int cohorts(Census census) {
        return (int) (census.attempts() / failuresPerRound);
    }

    private static boolean bytesGrow(List<Census> history) {
        Census first = history.get(0);
        Census last = last(history);
        Census half = halfway(history);
        if (last.attempts() == half.attempts() || addsFailures(half, last) || !neverFalls(history, Census::bytes)) {
            return false;
        }
        double late = slope(half, last);
        // An array that grows by half each time adds that little in one stage, and more in the next.
        return late >= NOISE_BYTES_PER_FAILURE && (half == first || late >= slope(first, half) / 3);
    }

    /** Whether there is a weight more; what the JVM keeps comes and goes beside what is held. */
    private static boolean addsFailures(Census from, Census to) {
        return to.heldTotal() == 0 ? to.retainedTotal() > from.retainedTotal() : to.heldTotal() > from.heldTotal();
    }

    private static double slope(Census from, Census to) {
        return (double) (to.bytes() - from.bytes()) / (to.attempts() - from.attempts());
    }

    private static boolean neverFalls(List<Census> history, ToLongFunction<Census> figure) {
        for (int i = 1; i < history.size(); i++) {
            if (figure.applyAsLong(history.get(i)) < figure.applyAsLong(history.get(i - 1))) {
                return false;
            }
        }
        return true;
    }

    private static Census halfway(List<Census> history) {
        Census last = last(history);
        Census half = history.get(0);
        for (Census census : history) {
            if (census.attempts() <= last.attempts() / 2) {
                half = census;
            }
        }
        return half;
    }

    private static Census last(List<Census> history) {
        return history.get(history.size() - 1);
    }

    /**
     * What does not grow is released or bounded. What the JVM keeps of a thread's last failure comes and goes, a slot
     * for a last error is never empty: one look that finds nothing tells them apart.
     */
    private Judgement resting(List<Census> history) {
        Census last = last(history);
        boolean emptyOnce = history.stream().anyMatch(census -> census.retainedTotal() == 0);
        boolean heldOnce = history.stream().anyMatch(census -> census.heldTotal() > 0);
        if (last.retainedTotal() == 0 || (emptyOnce && !heldOnce)) {
            return Judgement.is(Verdict.RELEASED);
        }
        if (!heldOnce && last.retainedTotal() > halfway(history).retainedTotal()) {
            // More threads than failures: nobody can say yet whether it is one on each or a leak.
            if (last.attempts() < limit()) {
                return goOn(last);
            }
            // A pool would have been full by now: each failure leaves a thread behind.
            if (countGrows(history.stream().map(Census::allHeld).toList(), true)) {
                return Judgement.growing(Growth.COUNT);
            }
        }
        if ((emptyOnce || !heldOnce) && history.size() < rounds + SECOND_LOOKS) {
            return Judgement.needs(failuresPerRound);
        }
        return Judgement.is(Verdict.BOUNDED);
    }
}
