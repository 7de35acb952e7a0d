package io.github.retainless.internal.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class HeapTrendTests {
    private static final long NOISE = 64 << 10;

    /** The trend of a heap that holds so much after 50, 100, 150 failures and so on. */
    private static HeapTrend trend(int rounds, long anyway, LongUnaryOperator bytes) {
        HeapTrend trend = new HeapTrend(NOISE, anyway);
        for (int round = 1; round <= rounds; round++) {
            trend.add(round * 50L, 10_000_000 + bytes.applyAsLong(round * 50L));
        }
        return trend;
    }

    private static long growth(int rounds, LongUnaryOperator bytes) {
        return trend(rounds, 0, bytes).bytesPerFailure();
    }

    @Test
    void everyFailureAdds_isGrowth() {
        assertThat(growth(4, failures -> failures * 1_000)).isEqualTo(1_000);
        assertThat(growth(16, failures -> failures * 256)).isEqualTo(256);
    }

    @Test
    void everyFailureAddsLittle_isNoise() {
        assertThat(growth(16, failures -> failures * 255)).isZero();
    }

    @Test
    void anotherMeasurement_confirmsWhatIsNoNoise_besidesWhatIsAddedAnyway() {
        HeapTrend trend = trend(4, 1_000, failures -> failures * 2_000);

        assertThat(trend.isConfirmedBy(125_600, 100)).isTrue();
        assertThat(trend.isConfirmedBy(125_599, 100)).isFalse();
        assertThat(trend.isConfirmedBy(-1, 100)).isFalse();
    }

    @Test
    void littleInAll_isNoise() {
        // 100 failures of late, of 655 bytes each
        assertThat(growth(4, failures -> failures * 655)).isZero();
        assertThat(growth(4, failures -> failures * 656)).isEqualTo(656);
    }

    @Test
    void loadedOnce_isNone() {
        assertThat(growth(4, failures -> failures >= 100 ? 5_000_000 : 0)).isZero();
    }

    @Test
    void loadedLate_isNoneAfterAnotherLook() {
        LongUnaryOperator loadedAt150 = failures -> failures >= 150 ? 5_000_000 : 0;

        assertThat(growth(4, loadedAt150)).isEqualTo(50_000);
        assertThat(growth(8, loadedAt150)).isZero();
    }

    @Test
    void bufferThatFillsUp_isNoneOnceItIsFull() {
        LongUnaryOperator ring = failures -> Math.min(failures, 256) * 10_000;

        assertThat(growth(4, ring)).isEqualTo(10_000);
        assertThat(growth(16, ring)).isZero();
    }

    @Test
    void tableThatDoubles_amongOtherThings_isGrowthStill() {
        // An array of references that grows by half each time, with an object of 2,000 bytes for each of them.
        assertThat(growth(8, failures -> failures * 2_000 + (failures < 150 ? 800 : 1_200)))
                .isBetween(1_990L, 2_010L);
    }

    @Test
    void heapThatBecomesLess_isNone() {
        assertThat(growth(4, failures -> -failures * 1_000)).isZero();
    }

    @Test
    void whatSuccessAddsToo_isTakenOff() {
        assertThat(trend(8, 900, failures -> failures * 1_000).bytesPerFailure())
                .isZero();
        assertThat(trend(8, 900, failures -> failures * 5_000).bytesPerFailure())
                .isEqualTo(4_100);
    }

    @Test
    void oneRound_tellsNothing() {
        assertThat(growth(1, failures -> failures * 1_000_000)).isZero();
        assertThat(growth(0, failures -> 0)).isZero();
    }

    @Test
    void oneUnknownFigure_isEnoughToTellNothing() {
        HeapTrend trend = trend(4, 0, failures -> failures * 100_000);
        assertThat(trend.isKnown()).isTrue();

        trend.addUnknown();

        assertThat(trend.isKnown()).isFalse();
        assertThat(trend.bytesPerFailure()).isZero();
        assertThat(trend.bytesPerAttempt()).isZero();
    }

    @Test
    void whatEachAttemptAdds_isToldHoweverLittle_ofLateOnly() {
        assertThat(trend(4, 0, failures -> failures * 10).bytesPerAttempt()).isEqualTo(10);
        assertThat(trend(4, 0, failures -> failures >= 100 ? 5_000_000 : 0).bytesPerAttempt())
                .isZero();
        assertThat(trend(4, 0, failures -> -failures).bytesPerAttempt()).isZero();
    }
}
