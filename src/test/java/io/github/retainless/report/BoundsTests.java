package io.github.retainless.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.heap.ByteSize;
import io.github.retainless.verdict.Growth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTests {
    private static final Bounds STRICTEST = new Bounds(0, new ByteSize(0));

    @Test
    void released_isAllowed_whateverWasSeenOnTheWay() {
        assertThat(STRICTEST.allow(Reports.released().round(50, 4, 4_000).report()))
                .isTrue();
        assertThat(STRICTEST.allow(Reports.released().report())).isTrue();
    }

    @Test
    void growing_isNeverAllowed() {
        assertThat(Bounds.NONE.allow(
                        Reports.growing(Growth.COUNT).round(50, 1, 1).report()))
                .isFalse();
        assertThat(Bounds.NONE.allow(
                        Reports.growing(Growth.BYTES).round(50, 1, 1).report()))
                .isFalse();
    }

    @Test
    void undecided_isNeverAllowed() {
        assertThat(Bounds.NONE.allow(
                        Reports.undecided("why", "what").round(50, 0, 0).report()))
                .isFalse();
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

        assertThat(new Bounds(maxRetained, new ByteSize(maxFootprint)).allow(bounded.report()))
                .isEqualTo(allowed);
    }
}
