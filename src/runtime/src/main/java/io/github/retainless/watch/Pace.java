package io.github.retainless.watch;

/**
 * How fast a watch proves and looks. Production has one pace; tests set a faster one, so that they need fewer
 * collections and do not wait for the rests.
 *
 * @param tenured an object that has survived more collections than this counts as old
 * @param restFactor after each look, rest this many times as long as the look took
 * @param shortestRestNanos rest at least this long
 * @param longestRestNanos rest at most this long
 */
record Pace(int tenured, int restFactor, long shortestRestNanos, long longestRestNanos) {
    /**
     * The JVM counts an object's age in four bits, so after 16 collections it is in the old generation. Looking takes
     * one percent of one core's time, more where a look takes longer than 10 ms.
     */
    static final Pace PRODUCTION = new Pace(16, 99, 10_000_000, 1_000_000_000);

    /** How long to rest after a look that took this long, in nanoseconds. */
    long restAfter(long lookNanos) {
        return Math.max(shortestRestNanos, Math.min(longestRestNanos, lookNanos * restFactor));
    }
}
