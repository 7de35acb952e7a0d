package io.github.retainless.experiment;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stays when nothing fails.
 *
 * @param attempts how many attempts were made that succeeded; 0 if the same rounds passed without any, or there was no control
 * @param bytesPerAttempt how much the heap grows with each of them
 * @param kept of each class of what was tracked, by its name: of how many attempts something stayed, per cohort, the oldest first
 * @since 0.1.0
 */
public record Control(int attempts, long bytesPerAttempt, Map<String, List<Integer>> kept) {
    /** There was none. */
    public static final Control NONE = new Control(0, 0, Map.of());

    /** Copies the map. */
    public Control {
        kept = Map.copyOf(kept);
    }

    /**
     * Takes off what success keeps too.
     *
     * @param left the attempts of which objects are left, by the name of their class
     * @param warmup the last attempt that does not count
     * @param ran how many attempts there have been since
     * @param cohortSize attempts to a cohort
     * @return the attempts of which more is left
     */
    BitSet subtractFrom(Map<String, BitSet> left, int warmup, int ran, int cohortSize) {
        BitSet more = new BitSet();
        Map<String, BitSet> rest = new HashMap<>(left);
        kept.keySet().forEach(type -> {
            BitSet of = rest.remove(type);
            if (of != null) {
                more.or(without(of, kept.getOrDefault(type, List.of()), warmup, ran, cohortSize));
            }
        });
        rest.values().forEach(more::or);
        return more;
    }

    /** Cohorts of the same age are compared, from the newest on: a cache keeps the newest. */
    private static BitSet without(BitSet left, List<Integer> kept, int warmup, int ran, int cohortSize) {
        BitSet rest = new BitSet();
        int cohorts = (ran + cohortSize - 1) / cohortSize;
        for (int cohort = 0; cohort < cohorts; cohort++) {
            int age = cohorts - 1 - cohort;
            int anyway = kept.get(Math.max(0, kept.size() - 1 - age));
            int first = warmup + 1 + cohort * cohortSize;
            // What is still running belongs to the last one.
            int end = age == 0 ? Math.max(left.length(), first) : first + cohortSize;
            left.get(first, end).stream().skip(anyway).forEach(attempt -> rest.set(first + attempt));
        }
        return rest;
    }
}
