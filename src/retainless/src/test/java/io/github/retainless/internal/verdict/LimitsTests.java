package io.github.retainless.internal.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.Growth;
import io.github.retainless.internal.text.Reports;
import io.github.retainless.internal.units.ByteSize;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTests {
    private static final Limits STRICTEST = new Limits(0, new ByteSize(0), Limits.NONE.maxFailureSize());

    @Test
    void released_isAllowed_whateverWasSeenOnTheWay() {
        assertThat(STRICTEST.allow(Reports.released().round(50, 4, 4_000).report()))
                .isTrue();
        assertThat(STRICTEST.allow(Reports.released().report())).isTrue();
    }

    @Test
    void growing_isNeverAllowed() {
        assertThat(Limits.NONE.allow(
                        Reports.growing(Growth.COUNT).round(50, 1, 1).report()))
                .isFalse();
        assertThat(Limits.NONE.allow(
                        Reports.growing(Growth.BYTES).round(50, 1, 1).report()))
                .isFalse();
    }

    @Test
    void undecided_isNeverAllowed() {
        assertThat(Limits.NONE.allow(
                        Reports.undecided("why", "what").round(50, 0, 0).report()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"65552, true", "65551, false", "0, false"})
    void failure_isAllowed_ifItIsNotTooHeavy(long maxFailureSize, boolean allowed) {
        FailureWeights weights = new FailureWeights(3, 3, new Anatomy("Declined", 1, 65_552, List.of()), false);
        Limits bounds = Limits.NONE.withMaxFailureSize(new ByteSize(maxFailureSize));

        assertThat(bounds.limitFailures()).isTrue();
        for (Reports reports : List.of(Reports.released(), Reports.bounded())) {
            assertThat(bounds.allow(reports.round(50, 1, 1).weighed(weights).report()))
                    .isEqualTo(allowed);
        }
    }

    @Test
    void failureThatWasNotWeighed_isAllowed_ifThereIsNoLimit() {
        Reports unweighed = Reports.released().weighed(new FailureWeights(3, 0, null, false));

        assertThat(Limits.NONE.allow(unweighed.report())).isTrue();
        assertThat(Limits.NONE.limitFailures()).isFalse();
        assertThat(Limits.NONE.withMaxFailureSize(ByteSize.parse("1 GiB")).allow(unweighed.report()))
                .isFalse();
        assertThat(Limits.NONE
                        .withMaxFailureSize(ByteSize.parse("1 GiB"))
                        .allow(Reports.released().report()))
                .isFalse();
    }

    @Test
    void failureOfAControl_hasNoLimit() {
        assertThat(Limits.NONE
                        .withMaxFailureSize(new ByteSize(0))
                        .allow(Reports.released().expectingSuccess().report()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "12, 12000, true",
        "11, 12000, false",
        "12, 11999, false",
        "9223372036854775807, 9223372036854775807, true",
        "0, 0, false"
    })
    void bounded_isAllowed_ifNoRoundIsAboveTheBounds(long maxRetained, long maxFootprint, boolean allowed) {
        Reports bounded =
                Reports.bounded().round(50, 4, 12_000).round(100, 12, 4_000).round(150, 1, 10);

        assertThat(Limits.NONE
                        .withMaxRetained(maxRetained)
                        .withMaxFootprint(new ByteSize(maxFootprint))
                        .allow(bounded.report()))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        // Of twelve that weigh 1,000 each, three are held by nobody.
        "3, 9, 9000, true",
        "3, 8, 9000, false",
        "3, 9, 8999, false",
        "0, 9, 12000, false",
        "0, 12, 12000, true",
        "12, 0, 0, true",
        "11, 0, 12000, false"
    })
    void heldByJvm_countsNeitherAsRetainedNorAsFootprint(
            int heldByJvm, long maxRetained, long maxFootprint, boolean allowed) {
        Reports bounded = Reports.bounded()
                .round(50, 12, 12_000)
                .round(100, 12, 12_000)
                .round(150, 12, 12_000)
                .heldByJvm(heldByJvm);

        assertThat(Limits.NONE
                        .withMaxRetained(maxRetained)
                        .withMaxFootprint(new ByteSize(maxFootprint))
                        .allow(bounded.report()))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"12, 0, true", "11, 1000, true", "11, 999, false", "1, 11006, true", "1, 11005, false"})
    void footprintThatDoesNotDivide_isSharedAllTheSame(int heldByJvm, long maxFootprint, boolean allowed) {
        Reports bounded = Reports.bounded().round(50, 12, 12_007).heldByJvm(heldByJvm);

        assertThat(Limits.NONE.withMaxFootprint(new ByteSize(maxFootprint)).allow(bounded.report()))
                .isEqualTo(allowed);
    }

    @Test
    void heldByJvm_allowsNoGrowth() {
        assertThat(Limits.NONE.allow(Reports.growing(Growth.COUNT)
                        .round(50, 1, 1)
                        .heldByJvm(1)
                        .report()))
                .isFalse();
    }
}
