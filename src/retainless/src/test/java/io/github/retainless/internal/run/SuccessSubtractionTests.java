package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.SuccessComparison;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuccessSubtractionTests {
    private static final int WARMUP = 3;
    private static final int COHORT = 10;

    private static BitSet attempts(int first, int last) {
        BitSet attempts = new BitSet();
        attempts.set(WARMUP + first, WARMUP + last + 1);
        return attempts;
    }

    private static BitSet left(Map<String, List<Integer>> kept, int ran, Map<String, BitSet> left) {
        return SuccessSubtraction.of(new SuccessComparison(30, 0, kept), new HashMap<>(left), WARMUP, ran, COHORT);
    }

    @Test
    void whatSuccessKeepsToo_isTakenOff() {
        Map<String, List<Integer>> all = Map.of("Order", List.of(10, 10, 10));

        assertThat(left(all, 30, Map.of("Order", attempts(1, 30)))).isEqualTo(new BitSet());
        assertThat(left(all, 80, Map.of("Order", attempts(1, 80)))).isEqualTo(new BitSet());
    }

    @Test
    void whatOnlyFailureKeeps_stays() {
        Map<String, List<Integer>> all = Map.of("Order", List.of(10, 10, 10));

        assertThat(left(all, 30, Map.of("Order", attempts(1, 30), "Declined", attempts(1, 30))))
                .isEqualTo(attempts(1, 30));
        assertThat(left(all, 30, Map.of("Declined", attempts(11, 12)))).isEqualTo(attempts(11, 12));
    }

    @Test
    void cacheOfTheNewest_isTakenOffTheNewest() {
        Map<String, List<Integer>> newest = Map.of("Order", List.of(0, 0, 10));

        assertThat(left(newest, 50, Map.of("Order", attempts(41, 50)))).isEqualTo(new BitSet());
        assertThat(left(newest, 50, Map.of("Order", attempts(1, 50)))).isEqualTo(attempts(1, 40));
    }

    @Test
    void moreThanSuccessKeeps_isTheDifference() {
        Map<String, List<Integer>> half = Map.of("Order", List.of(5, 5, 5));

        assertThat(left(half, 30, Map.of("Order", attempts(1, 30))).cardinality())
                .isEqualTo(15);
    }

    @Test
    void whatIsStillRunning_belongsToTheLastCohort() {
        Map<String, List<Integer>> none = Map.of("Order", List.of(0, 0, 0));

        assertThat(left(none, 30, Map.of("Order", attempts(29, 33)))).isEqualTo(attempts(29, 33));
    }

    @Test
    void cohortThatIsNotWhole_counts() {
        Map<String, List<Integer>> few = Map.of("Order", List.of(1, 1, 1));

        assertThat(left(few, 25, Map.of("Order", attempts(1, 25))).cardinality())
                .isEqualTo(22);
    }
}
