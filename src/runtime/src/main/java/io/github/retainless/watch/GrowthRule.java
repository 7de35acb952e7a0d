package io.github.retainless.watch;

/**
 * Tells growth from what merely holds something: retained failures reach a number, they have become more several times
 * as younger failures became old enough to count, and they are not those of one burst. A ring buffer or a cache that
 * expires makes room for the new, and so stops growing; it may alarm while it fills, if it is larger than the number.
 *
 * <p>After an alert the bar is twice what there was then, so that what goes on growing is told again, ever more seldom.
 * Once nearly all are gone the first bar is back.
 */
final class GrowthRule {
    /** Growth over fewer steps than these is not told from a burst. */
    private static final int FEWEST_RISES = 3;

    private final long first;
    private long bar;
    private long failures;
    private long highest;
    private int rises;

    /**
     * Makes a rule.
     *
     * @param first how many retained failures make the first alert
     */
    GrowthRule(long first) {
        this.first = first;
        this.bar = first;
    }

    /**
     * Whether to alert now.
     *
     * @param failures how many failures are old enough to count
     * @param retained how many of these are reachable
     * @param ofOneAge how many there are of the age that has the most
     */
    boolean alerts(long failures, long retained, long ofOneAge) {
        if (retained < first / 2) {
            bar = first;
        }
        if (failures > this.failures) {
            this.failures = failures;
            follow(retained);
        }
        boolean alerts = rises >= FEWEST_RISES && retained >= bar && retained - ofOneAge >= bar / 2;
        if (alerts) {
            bar = 2 * retained;
        }
        return alerts;
    }

    /** A small fall is an estimate's noise. */
    private void follow(long retained) {
        if (retained > highest) {
            highest = retained;
            rises++;
        } else if (retained < highest - highest / 10) {
            highest = retained;
            rises = 0;
        }
    }
}
