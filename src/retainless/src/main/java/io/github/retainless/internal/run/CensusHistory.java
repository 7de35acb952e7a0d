package io.github.retainless.internal.run;

import io.github.retainless.internal.verdict.Census;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The censuses of an experiment, with the attempts behind the figures, which a trace may later tell more about. */
final class CensusHistory {
    private final int cohortSize;
    private final List<Census> censuses = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();

    /**
     * What a census counted.
     *
     * @param warmup the last attempt of the warm-up
     * @param ran how many attempts there have been since
     * @param retained the attempts of which anything was retained
     * @param held those of them that no thread's last failure explains
     */
    private record Counted(int warmup, int ran, BitSet retained, BitSet held) {
        Census census(int cohortSize, BitSet but, long bytes) {
            return new Census(
                    ran,
                    Cohorts.count(difference(retained, but), warmup, ran, cohortSize),
                    Cohorts.count(difference(held, but), warmup, ran, cohortSize),
                    bytes);
        }
    }

    CensusHistory(int cohortSize) {
        this.cohortSize = cohortSize;
    }

    Census add(int warmup, int ran, BitSet retained, BitSet lastFailures, long bytes) {
        Counted now = new Counted(warmup, ran, retained, difference(retained, lastFailures));
        counted.add(now);
        Census census = now.census(cohortSize, new BitSet(), bytes);
        censuses.add(census);
        return census;
    }

    /** The oldest first. */
    List<Census> censuses() {
        return censuses;
    }

    /**
     * The censuses as they would be without some attempts. How much of the bytes was theirs is not known, so there are
     * none.
     */
    List<Census> without(BitSet attempts) {
        return counted.stream()
                .map(census -> census.census(cohortSize, attempts, 0))
                .toList();
    }

    /** Whether each failure that is left is the last of a live thread. */
    boolean isOneOnEachThread() {
        return counted.get(counted.size() - 1).held().isEmpty();
    }

    /**
     * How many of the failures that seemed to be retained, at the most, nobody holds, or only softly: what the JVM
     * keeps of a thread's last failure has no path in a heap dump. What was so at the last census is taken to have been
     * so before.
     *
     * @param soft the attempts of which everything left is only softly reachable
     * @param heldByJvm the attempts of which nothing left is held by anything in the dump
     * @param threads how many threads may keep a last failure, one each; if {@code heldByJvm} has more, something else
     *     holds them
     */
    int heldByJvm(BitSet soft, BitSet heldByJvm, int threads) {
        Counted last = counted.get(counted.size() - 1);
        boolean isThreads = intersection(last.retained(), heldByJvm).cardinality() <= threads;
        BitSet explained = isThreads ? union(soft, heldByJvm) : soft;
        int heldLastFailures = difference(difference(difference(last.retained(), last.held()), heldByJvm), soft)
                .cardinality();
        int heldNow = Math.min(
                last.retained().cardinality(),
                difference(last.held(), explained).cardinality() + heldLastFailures);
        int seeming = 0;
        int really = 0;
        for (Counted census : counted) {
            int all = census.retained().cardinality();
            int held = Math.min(all, difference(census.held(), explained).cardinality() + heldLastFailures);
            if (heldNow > 0 && held > heldNow && held - heldNow <= threads) {
                // Which of them had a path then nobody knows; each thread may have kept one that had none.
                held = heldNow;
            }
            seeming = Math.max(seeming, all);
            really = Math.max(really, held);
        }
        return seeming - really;
    }

    private static BitSet union(BitSet attempts, BitSet others) {
        BitSet all = (BitSet) attempts.clone();
        all.or(others);
        return all;
    }

    private static BitSet intersection(BitSet attempts, BitSet others) {
        BitSet both = (BitSet) attempts.clone();
        both.and(others);
        return both;
    }

    private static BitSet difference(BitSet attempts, BitSet others) {
        BitSet rest = (BitSet) attempts.clone();
        rest.andNot(others);
        return rest;
    }
}
