package io.github.retainless.verdict;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is still there after a proven collection.
 *
 * @param failures how many failures there have been until now, warm-up apart
 * @param retained the failures still reachable, counted per cohort, the oldest cohort first; all cohorts but the last
 *     hold equally many failures
 * @param held those of {@code retained} that somebody must hold, because they cannot be the exception that the JVM
 *     itself may keep of a thread's last failure
 * @param bytes what is reachable from the retained failures only
 */
public record Census(long failures, List<Integer> retained, List<Integer> held, long bytes) {
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

    /** Whether a stretch of history as long as all others, taken from the oldest to the newest, is held by nobody. */
    boolean hasGap() {
        int cohorts = held.size();
        // Eight expected in each stretch: an even leak leaves one of them empty once in three thousand.
        int stretches = (int) Math.min(cohorts, Math.max(2, heldTotal() / 8));
        return IntStream.range(0, stretches)
                .anyMatch(i -> sum(held.subList(i * cohorts / stretches, (i + 1) * cohorts / stretches)) == 0);
    }

    static long sum(List<Integer> counts) {
        return counts.stream().mapToLong(Integer::longValue).sum();
    }
}
