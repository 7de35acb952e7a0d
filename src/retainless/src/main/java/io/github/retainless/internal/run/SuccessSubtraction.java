package io.github.retainless.internal.run;

import io.github.retainless.experiment.SuccessComparison;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What failing attempts retain beyond what successful ones retain. */
final class SuccessSubtraction {
    private SuccessSubtraction() {}

    /**
     * Takes off what success retains too.
     *
     * @param success what success retains
     * @param retained the attempts of which objects are retained, by the name of their class
     * @param warmup the last attempt that does not count
     * @param ran how many attempts there have been since
     * @param cohortSize attempts to a cohort
     * @return the attempts of which more is retained
     */
    static BitSet of(SuccessComparison success, Map<String, BitSet> retained, int warmup, int ran, int cohortSize) {
        BitSet more = new BitSet();
        Map<String, BitSet> rest = new HashMap<>(retained);
        Map<String, List<Integer>> bySuccess = success.retained();
        bySuccess.keySet().forEach(type -> {
            BitSet of = rest.remove(type);
            if (of != null) {
                more.or(without(of, bySuccess.getOrDefault(type, List.of()), warmup, ran, cohortSize));
            }
        });
        rest.values().forEach(more::or);
        return more;
    }

    /** Cohorts of the same age are compared, from the newest on: a cache keeps the newest. */
    private static BitSet without(BitSet retained, List<Integer> bySuccess, int warmup, int ran, int cohortSize) {
        BitSet rest = new BitSet();
        int cohorts = (ran + cohortSize - 1) / cohortSize;
        for (int cohort = 0; cohort < cohorts; cohort++) {
            int age = cohorts - 1 - cohort;
            int anyway = bySuccess.get(Math.max(0, bySuccess.size() - 1 - age));
            int first = warmup + 1 + cohort * cohortSize;
            // What is still running belongs to the last one.
            int end = age == 0 ? Math.max(retained.length(), first) : first + cohortSize;
            retained.get(first, end).stream().skip(anyway).forEach(attempt -> rest.set(first + attempt));
        }
        return rest;
    }
}
