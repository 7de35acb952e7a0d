package io.github.retainless.verdict;

import java.util.List;
import java.util.function.ToLongFunction;

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

    /** How often to look again whether what is left is only what the JVM itself keeps. */
    private static final int SECOND_LOOKS = 2;

    /** Growth over fewer failures than this is not told from chance. */
    private static final int FEWEST_HELD = 3;

    private static final int FEWEST_EXPECTED = 4;

    /** Judges a history, the oldest census first, one census a round or, past the asked-for rounds, a stage. */
    public Judgement judge(List<Census> history) {
        if (history.size() < rounds) {
            return Judgement.needs(failuresPerRound);
        }
        Census last = history.get(history.size() - 1);
        Growth growth = growthOf(history);
        if (growth == Growth.NONE) {
            return resting(history);
        }
        if (last.failures() < budget && last.heldTotal() < CLEAR) {
            return Judgement.needs(Math.min(last.failures(), budget - last.failures()));
        }
        if (growth == Growth.COUNT && (last.heldTotal() < FEWEST_HELD || last.hasGap() || !keepsSlope(history))) {
            return Judgement.is(Verdict.BOUNDED);
        }
        return Judgement.growing(growth);
    }

    /**
     * Judges an experiment that had to stop because the heap was full.
     *
     * @param maxHeap the heap's limit in bytes
     */
    public Judgement judgeFullHeap(List<Census> history, long maxHeap) {
        Census first = history.get(0);
        Census last = history.get(history.size() - 1);
        if (last.bytes() < maxHeap / 3) {
            return Judgement.is(Verdict.UNDECIDED);
        }
        if (last.heldTotal() > 1) {
            return Judgement.growing(Growth.COUNT);
        }
        return last.bytes() > 2 * first.bytes() ? Judgement.growing(Growth.BYTES) : Judgement.is(Verdict.UNDECIDED);
    }

    private Growth growthOf(List<Census> history) {
        Census first = history.get(0);
        Census last = history.get(history.size() - 1);
        if (last.heldTotal() > first.heldTotal() && !countIsRefuted(history)) {
            return Growth.COUNT;
        }
        return bytesGrow(history) ? Growth.BYTES : Growth.NONE;
    }

    private static boolean countIsRefuted(List<Census> history) {
        Census last = history.get(history.size() - 1);
        boolean enoughForAGap = last.heldTotal() >= 2 * 8;
        boolean enoughForASlope = expected(history) >= FEWEST_EXPECTED;
        return (enoughForAGap && last.hasGap()) || (enoughForASlope && !keepsSlope(history));
    }

    /** How many of the failures since half-way would be held, if they fared as the older ones did. */
    private static double expected(List<Census> history) {
        Census last = history.get(history.size() - 1);
        Census half = halfway(history);
        // Of the older ones, what a buffer would let go is gone: the rate of a leak beside a buffer shows.
        long old = Census.sum(last.held().subList(0, half.held().size()));
        return (double) old / half.failures() * (last.failures() - half.failures());
    }

    private static boolean keepsSlope(List<Census> history) {
        long grown =
                history.get(history.size() - 1).heldTotal() - halfway(history).heldTotal();
        double expected = expected(history);
        // One standard deviation of a leak that strikes at random; for many failures only the half counts.
        return grown > 0 && grown >= expected / 2 - Math.sqrt(expected);
    }

    private static boolean bytesGrow(List<Census> history) {
        Census first = history.get(0);
        Census last = history.get(history.size() - 1);
        Census half = halfway(history);
        if (last.retainedTotal() > half.retainedTotal() || !neverFalls(history, Census::bytes)) {
            return false;
        }
        double late = slope(half, last);
        return late >= NOISE_BYTES_PER_FAILURE && (half == first || late >= slope(first, half) / 2);
    }

    private static double slope(Census from, Census to) {
        return (double) (to.bytes() - from.bytes()) / (to.failures() - from.failures());
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
        Census last = history.get(history.size() - 1);
        Census half = history.get(0);
        for (Census census : history) {
            if (census.failures() <= last.failures() / 2) {
                half = census;
            }
        }
        return half;
    }

    /**
     * What does not grow is released or bounded. What the JVM keeps of a thread's last failure comes and goes, a slot
     * for a last error is never empty: one look that finds nothing tells them apart.
     */
    private Judgement resting(List<Census> history) {
        Census last = history.get(history.size() - 1);
        boolean emptyOnce = history.stream().anyMatch(census -> census.retainedTotal() == 0);
        boolean heldOnce = history.stream().anyMatch(census -> census.heldTotal() > 0);
        if (last.retainedTotal() == 0 || (emptyOnce && !heldOnce)) {
            return Judgement.is(Verdict.RELEASED);
        }
        if ((emptyOnce || !heldOnce) && history.size() < rounds + SECOND_LOOKS) {
            return Judgement.needs(failuresPerRound);
        }
        return Judgement.is(Verdict.BOUNDED);
    }
}
