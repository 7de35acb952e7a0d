package io.github.retainless.internal.run;

import io.github.retainless.experiment.SuccessComparison;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What failing attempts keep beyond what successful ones keep. */
final class SuccessSubtraction {
    private SuccessSubtraction() {}

    /**
     * Takes off what success keeps too.
     *
     * @param success what success keeps
     * @param left the attempts of which objects are left, by the name of their class
     * @param warmup the last attempt that does not count
     * @param ran how many attempts there have been since
     * @param cohortSize attempts to a cohort
     * @return the attempts of which more is left
     */
    static BitSet of(SuccessComparison success, Map<String, BitSet> left, int warmup, int ran, int cohortSize) {
        BitSet more = new BitSet();
        Map<String, BitSet> rest = new HashMap<>(left);
        Map<String, List<Integer>> kept = success.kept();
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
