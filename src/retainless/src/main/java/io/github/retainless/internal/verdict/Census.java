package io.github.retainless.internal.verdict;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is still there after a proven collection.
 *
 * @param attempts how many attempts there have been until now, warm-up apart
 * @param retained the failures still reachable, counted per cohort, the oldest cohort first; all cohorts but the last
 *     hold equally many failures
 * @param held those of {@code retained} that somebody must hold, because they cannot be the exception that the JVM
 *     itself may keep of a thread's last failure
 * @param bytes what is reachable from the retained failures only
 */
public record Census(long attempts, List<Integer> retained, List<Integer> held, long bytes) {
    /** A leak that strikes at random leaves a stretch empty in which it is expected that often once in 160,000. */
    static final int FEWEST_PER_STRETCH = 12;

    /** Copies the lists. */
    public Census {
        retained = List.copyOf(retained);
        held = List.copyOf(held);
        if (retained.size() != held.size()) {
            throw new IllegalArgumentException("as many cohorts are held as retained: " + retained + ", " + held);
        }
    }

    /** How many failures are retained, of all cohorts. */
    public long retainedTotal() {
        return sum(retained);
    }

    /** How many failures are held, of all cohorts. */
    public long heldTotal() {
        return sum(held);
    }

    /** The same if the JVM itself kept none of them. */
    Census allHeld() {
        return new Census(attempts, retained, retained, bytes);
    }

    /** How many failures are held, of the oldest cohorts. */
    long heldOfOldest(int cohorts) {
        return sum(held.subList(0, cohorts));
    }

    /**
     * Whether one of the stretches that the oldest cohorts make, oldest to newest, is held by nobody. Before anything
     * was held there is no gap: a leak can begin late.
     *
     * @param heldOnce of each cohort, how many were held at the most
     */
    boolean hasGap(int cohorts, List<Integer> heldOnce) {
        long total = heldOfOldest(cohorts);
        int width = total == 0 ? cohorts : (int) Math.ceil((double) FEWEST_PER_STRETCH * cohorts / total);
        int stretches = Math.min(cohorts, Math.max(2, cohorts / Math.max(1, width)));
        return IntStream.range(0, stretches).anyMatch(i -> {
            int from = i * cohorts / stretches;
            int to = (i + 1) * cohorts / stretches;
            boolean hasBegun = 4 * sum(heldOnce.subList(0, to)) > total * to / cohorts;
            return hasBegun && isEmpty(from, to, cohorts);
        });
    }

    private boolean isEmpty(int from, int to, int cohorts) {
        if (sum(held.subList(from, to)) > 0) {
            return false;
        }
        // The newest may be retained as all others are, and yet the last failure of each thread of a large pool.
        long average = sum(retained.subList(0, cohorts)) * (to - from) / cohorts;
        return sum(retained.subList(from, to)) <= average / 2;
    }

    static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }
}
