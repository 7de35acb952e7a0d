package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.verdict.Census;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CensusHistoryTests {
    private static final int WARMUP = 2;
    private static final BitSet NONE = new BitSet();

    private final CensusHistory history = new CensusHistory(5);

    private static BitSet attempts(int... attempts) {
        BitSet set = new BitSet();
        for (int attempt : attempts) {
            set.set(attempt);
        }
        return set;
    }

    @Test
    void census_countsPerCohort_lastFailuresApart() {
        assertThat(history.add(WARMUP, 12, attempts(3, 7, 8, 13, 14), attempts(14, 99), 640))
                .isEqualTo(new Census(12, List.of(2, 1, 2), List.of(2, 1, 1), 640));
        assertThat(history.censuses()).hasSize(1);
    }

    @Test
    void censusesWithoutSomeAttempts_haveNoneOfTheirCounts_andNoBytes() {
        history.add(WARMUP, 5, attempts(3, 7), NONE, 100);
        history.add(WARMUP, 10, attempts(3, 7, 8), attempts(8), 200);

        assertThat(history.without(attempts(3, 8)))
                .containsExactly(
                        new Census(5, List.of(1), List.of(1), 0), new Census(10, List.of(1, 0), List.of(1, 0), 0));
    }

    @Test
    void lastErrorWithAPath_isNotHeldByJvm() {
        history.add(WARMUP, 5, attempts(7), attempts(7), 0);
        history.add(WARMUP, 10, attempts(12), attempts(12), 0);

        assertThat(history.heldByJvm(NONE, NONE, 1)).isZero();
    }

    @Test
    void lastFailureThatNobodyHolds_isHeldByJvm() {
        history.add(WARMUP, 5, attempts(7), attempts(7), 0);
        history.add(WARMUP, 10, attempts(12), attempts(12), 0);

        assertThat(history.heldByJvm(NONE, attempts(12), 1)).isEqualTo(1);
    }

    @Test
    void lastErrorBesideWhatTheJvmKeptOfAnotherThreadBefore_isTheOnlyOneThatCounts() {
        history.add(WARMUP, 5, attempts(6, 7), attempts(6, 7), 0);
        history.add(WARMUP, 10, attempts(12), attempts(11, 12), 0);

        assertThat(history.heldByJvm(NONE, NONE, 1)).isEqualTo(1);
    }

    @Test
    void whatIsHeldWithoutAPath_isNotHeldByJvm_sinceTheJvmKeepsNoneButLastFailures() {
        history.add(WARMUP, 10, attempts(3, 4, 5, 12), attempts(12), 0);

        assertThat(history.heldByJvm(NONE, attempts(3, 4, 5, 12), 1)).isEqualTo(1);
    }

    @Test
    void softOnes_areHeldByJvm() {
        history.add(WARMUP, 5, attempts(3, 4, 5), NONE, 0);
        history.add(WARMUP, 10, attempts(3, 4, 5, 8, 9), attempts(9), 0);

        assertThat(history.heldByJvm(attempts(3, 4, 5, 8, 9), NONE, 1)).isEqualTo(5);
        assertThat(history.heldByJvm(attempts(3, 4), NONE, 1)).isEqualTo(2);
    }

    @Test
    void bufferThatWasFuller_countsAsItWasThen() {
        history.add(WARMUP, 5, attempts(3, 4, 5), NONE, 0);
        history.add(WARMUP, 10, attempts(12), NONE, 0);

        assertThat(history.heldByJvm(NONE, NONE, 1)).isZero();
    }

    @Test
    void failureThatAThreadKeptForLongerThanItsLast_isHeldByJvm() {
        history.add(WARMUP, 10, attempts(7, 12), attempts(12), 0);

        assertThat(history.heldByJvm(NONE, attempts(7), 1)).isEqualTo(1);
    }

    @Test
    void lastErrorBesideOneThatAThreadKeptBefore_isTheOnlyOneThatCounts() {
        history.add(WARMUP, 5, attempts(3, 7), attempts(7), 0);
        history.add(WARMUP, 10, attempts(12), attempts(12), 0);

        assertThat(history.heldByJvm(NONE, NONE, 1)).isEqualTo(1);
        assertThat(history.heldByJvm(NONE, NONE, 0)).isZero();
    }

    @Test
    void moreWithoutAPathThanThreads_areNotHeldByJvm() {
        history.add(WARMUP, 10, attempts(6, 7, 8), NONE, 0);

        assertThat(history.heldByJvm(NONE, attempts(6, 7, 8), 2)).isZero();
        assertThat(history.heldByJvm(NONE, attempts(6, 7, 8), 3)).isEqualTo(3);
    }

    @Test
    void bufferOfSeveral_countsWholeWhateverTheThreads() {
        history.add(WARMUP, 5, attempts(3, 4, 5), NONE, 0);
        history.add(WARMUP, 10, attempts(8, 9, 10), NONE, 0);

        assertThat(history.heldByJvm(NONE, NONE, 8)).isZero();
    }
}
