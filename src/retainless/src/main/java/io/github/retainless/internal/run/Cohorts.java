package io.github.retainless.internal.run;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Attempts by age. */
final class Cohorts {
    private Cohorts() {}

    /**
     * How many attempts each cohort has, the oldest first.
     *
     * @param attempts the attempts, all after the warm-up
     * @param warmup the last attempt of the warm-up
     * @param ran how many attempts there have been since
     * @param size attempts to a cohort
     */
    static List<Integer> count(BitSet attempts, int warmup, int ran, int size) {
        Integer[] counts = new Integer[Math.max(1, (ran + size - 1) / size)];
        Arrays.fill(counts, 0);
        attempts.stream().forEach(attempt -> counts[Math.min(counts.length - 1, (attempt - warmup - 1) / size)]++);
        return List.of(counts);
    }
}
