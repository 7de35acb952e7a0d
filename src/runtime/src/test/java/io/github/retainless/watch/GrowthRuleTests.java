package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class GrowthRuleTests {
    private static final int PER_STEP = 500;

    private final GrowthRule rule = new GrowthRule(1_000);

    /** How many retained failures there were at each alert. */
    private List<Long> alerts(int from, int steps, LongUnaryOperator retainedOf) {
        List<Long> alerts = new ArrayList<>();
        for (int step = from; step < from + steps; step++) {
            long retained = retainedOf.applyAsLong((long) step * PER_STEP);
            if (rule.alerts((long) step * PER_STEP, retained, Math.min(retained, PER_STEP))) {
                alerts.add(retained);
            }
        }
        return alerts;
    }

    private List<Long> alerts(int steps, LongUnaryOperator retainedOf) {
        return alerts(1, steps, retainedOf);
    }

    @Test
    void everyFailureStays_alertsAtTheBarAndEachTimeTheyDoubled() {
        assertThat(alerts(100, failures -> failures))
                .containsExactly(1_500L, 3_000L, 6_000L, 12_000L, 24_000L, 48_000L);
    }

    @Test
    void oneInFiftyStays_alertsToo() {
        assertThat(alerts(150, failures -> failures / 50)).containsExactly(1_000L);
    }

    @Test
    void nothingStays_doesNotAlert() {
        assertThat(alerts(1_000, failures -> 0)).isEmpty();
    }

    @Test
    void bufferBelowTheBar_doesNotAlert() {
        assertThat(alerts(1_000, failures -> Math.min(failures, 999))).isEmpty();
    }

    @Test
    void bufferAboveTheBar_alertsOnlyWhileItFills() {
        Random random = new Random(1);

        assertThat(alerts(10_000, failures -> Math.min(failures, 4_096) - random.nextInt(300)))
                .hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void leakThatBeginsLate_alerts() {
        assertThat(alerts(1_000, failures -> 0)).isEmpty();

        assertThat(alerts(1_001, 4, failures -> failures - 500_000)).containsExactly(1_500L);
    }

    @Test
    void leakBesideABufferThatHasAlarmed_alerts() {
        assertThat(alerts(100, failures -> Math.min(failures, 2_000))).containsExactly(1_500L);

        assertThat(alerts(101, 10, failures -> 2_000 + (failures - 50_000))).containsExactly(3_000L, 6_000L);
    }

    @Test
    void retainedOfOneBurst_doNotAlert() {
        for (int step = 1; step <= 100; step++) {
            assertThat(rule.alerts(100_000 + step, 50_000 + step, 50_000)).isFalse();
        }
    }

    @Test
    void sameFailuresLookedAtAgain_doNotCountAsGrowth() {
        for (int look = 1; look <= 100; look++) {
            assertThat(rule.alerts(10_000, 1_000 + look, 500)).isFalse();
        }
    }

    @Test
    void estimatesThatFallALittle_doNotHideGrowth() {
        assertThat(alerts(8, failures -> failures - failures % 1_000 / 10)).hasSize(2);
    }

    @Test
    void nearlyAllGone_armsTheFirstBarAgain() {
        assertThat(alerts(4, failures -> failures)).containsExactly(1_500L);
        assertThat(alerts(5, 4, failures -> 10)).isEmpty();

        assertThat(alerts(9, 4, failures -> failures - 4_000)).containsExactly(1_500L);
    }
}
