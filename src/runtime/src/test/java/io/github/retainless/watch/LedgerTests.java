package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTests {
    private final List<Numbered> held = new ArrayList<>();
    private final Random random = new Random(42);
    private long failures;

    /** Has a hash of its own, which is the same in every run: the JVM's identity hashes are not. */
    private static final class Numbered extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int hash;

        Numbered(int hash) {
            super("numbered", null, false, false);
            this.hash = hash;
        }
    }

    private Numbered failure() {
        return new Numbered(random.nextInt(Integer.MAX_VALUE));
    }

    private void fail(Ledger ledger, int times) {
        for (int i = 0; i < times; i++) {
            Numbered failure = failure();
            held.add(failure);
            failures++;
            add(ledger, failure);
        }
        ledger.count();
    }

    private static void add(Ledger ledger, Numbered failure) {
        if (ledger.wants(failure.hash)) {
            ledger.add(failure, failure.hash);
        }
    }

    private static List<Long> reachable(Ledger ledger) {
        return ledger.cohorts().stream().map(Cohort::reachable).toList();
    }

    @Test
    void add_sameFailureAgain_countsOnce() {
        Ledger ledger = new Ledger(1, 100, 0);
        Numbered shared = failure();
        for (int i = 0; i < 1_000; i++) {
            add(ledger, shared);
        }
        ledger.count();

        assertThat(ledger.reachable()).isEqualTo(1);
        Reference.reachabilityFence(shared);
    }

    @Test
    void sample_ofManyFailures_estimatesTheirNumber() {
        Ledger ledger = new Ledger(100, 10_000, 0);
        fail(ledger, 500_000);

        assertThat(ledger.reachable()).isCloseTo(5_000, within(500));
        assertThat(reachable(ledger).get(0)).isCloseTo(500_000, within(50_000L));
    }

    @Test
    void sample_ofOneFailureThrownAgainAndAgain_isInOrOutForGood() {
        Ledger ledger = new Ledger(2, 10_000, 0);
        for (int i = 0; i < 1_000; i++) {
            held.add(failure());
        }
        for (int round = 0; round < 20; round++) {
            held.forEach(failure -> add(ledger, failure));
        }
        ledger.count();

        assertThat(ledger.reachable()).isCloseTo(500, within(100));
    }

    @Test
    void millionHeldFailures_stayWithinTheCapacity_andAreEstimated() {
        Ledger ledger = new Ledger(1, 10_000, 0);
        fail(ledger, 1_000_000);

        assertThat(ledger.reachable()).isBetween(3_500, 10_000);
        assertThat(ledger.room()).isLessThanOrEqualTo(32_768);
        assertThat(reachable(ledger).get(0)).isCloseTo(1_000_000, within(100_000L));
    }

    @Test
    void burst_doesNotCostThePrecisionOfOldRetainedFailures() {
        Ledger ledger = new Ledger(1, 10_000, 0);
        fail(ledger, 1_234);
        ledger.seal(1, failures, 1);
        fail(ledger, 500_000);

        assertThat(reachable(ledger).get(0)).isEqualTo(1_234);
        assertThat(reachable(ledger).get(1)).isCloseTo(500_000, within(60_000L));
    }

    @Test
    void failureAfterABurst_isWatchedAtTheFullRateAgain() {
        Ledger ledger = new Ledger(1, 1_000, 0);
        fail(ledger, 100_000);
        ledger.seal(1, failures, 1);
        fail(ledger, 100);

        assertThat(reachable(ledger).get(1)).isEqualTo(100);
    }

    @Test
    void manyAges_areMerged_andNoFailureIsLost() {
        Ledger ledger = new Ledger(1, 10_000, 0);
        for (int release = 1; release <= 500; release++) {
            fail(ledger, 10);
            ledger.seal(release, failures, release);
        }
        ledger.count();

        assertThat(ledger.cohorts()).hasSizeLessThanOrEqualTo(64);
        assertThat(ledger.cohorts().stream().mapToLong(cohort -> cohort.failures(failures)))
                .satisfies(counts -> assertThat(
                                counts.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(5_000));
        assertThat(reachable(ledger).stream().mapToLong(Long::longValue).sum()).isEqualTo(5_000);
        assertThat(ledger.cohorts()).extracting(Cohort::began).isSorted();
        assertThat(ledger.cohorts().get(0).began()).isZero();
    }

    @Test
    void agesOfUnequalSamples_areMerged_andStillEstimated() {
        Ledger ledger = new Ledger(1, 2_000, 0);
        for (int release = 1; release <= 100; release++) {
            fail(ledger, release % 2 == 0 ? 10 : 3_000);
            ledger.seal(release, failures, release);
        }
        ledger.count();

        assertThat(ledger.reachable()).isLessThanOrEqualTo(2_000);
        assertThat(reachable(ledger).stream().mapToLong(Long::longValue).sum())
                .isCloseTo(failures, within(failures / 5));
    }

    @Test
    void seal_withoutFailuresSinceTheLast_keepsTheAgeOpen() {
        Ledger ledger = new Ledger(1, 100, 0);
        fail(ledger, 1);
        ledger.seal(1, failures, 1);
        ledger.seal(2, failures, 2);

        assertThat(ledger.cohorts()).hasSize(2);
    }

    @Test
    void proofs_countOnlyReleasesAfterTheEndOfTheAge() {
        Ledger ledger = new Ledger(1, 100, 0);
        fail(ledger, 1);
        ledger.seal(1, failures, 7);
        Cohort cohort = ledger.cohorts().get(0);

        assertThat(List.of(cohort.proofs(6), cohort.proofs(7), cohort.proofs(8)))
                .containsExactly(0L, 1L, 2L);
        assertThat(ledger.cohorts().get(1).proofs(1_000_000)).isZero();
    }
}
