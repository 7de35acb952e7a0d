package io.github.retainless.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.internal.text.Reports;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionReportTests {
    private static final RetentionReport NO_ROUNDS =
            Reports.undecided("the heap could not be collected\n\n  stack", "").report();

    @Test
    void released_hasNoFigures_whateverWasSeenOnTheWay() {
        RetentionReport report =
                Reports.released().round(50, 1, 1_000).round(100, 2, 70_000).report();

        assertThat(report.attempts()).isEqualTo(100);
        assertThat(report.retained()).isZero();
        assertThat(report.footprint()).isEqualTo(Footprint.NONE);
        assertThat(report.bytesPerFailure()).isZero();
        assertThat(report).hasToString("declinedPayment(): RELEASED, 0 of 100 retained, 0 B");
    }

    @Test
    void figures_areTheMostOfAnyRound() {
        RetentionReport report = Reports.bounded()
                .round(500, 4, 1_000)
                .round(1_000, 1_200, 2_000)
                .truncatedRound(1_500, 3, 70_000)
                .report();

        assertThat(report.retained()).isEqualTo(1_200);
        assertThat(report.footprint()).isEqualTo(new Footprint(70_000, 15, true));
        assertThat(report.last()).isEqualTo(report.rounds().get(2));
        assertThat(report).hasToString("declinedPayment(): BOUNDED, 1,200 of 1,500 retained, 68.4 KiB+");
    }

    @ParameterizedTest
    @CsvSource({"1000, 2000, 20", "1000, 1024, 0", "1000, 1025, 1", "2000, 1000, 0"})
    void bytesPerFailure_areWhatWasAddedFromTheFirstRoundToTheLast(long first, long last, long perFailure) {
        RetentionReport report = Reports.growing(Growth.COUNT)
                .round(50, 50, first)
                .round(75, 75, 1)
                .round(100, 100, last)
                .report();

        assertThat(report.bytesPerFailure()).isEqualTo(perFailure);
    }

    @Test
    void bytesPerFailure_ofASingleRound_areItsOwn() {
        assertThat(Reports.growing(Growth.COUNT).round(50, 50, 1_000).report().bytesPerFailure())
                .isEqualTo(20);
    }

    @Test
    void noRounds_figuresAreZero_andThereIsNoLast() {
        assertThat(NO_ROUNDS.attempts()).isZero();
        assertThat(NO_ROUNDS.retained()).isZero();
        assertThat(NO_ROUNDS.footprint()).isEqualTo(Footprint.NONE);
        assertThat(NO_ROUNDS.bytesPerFailure()).isZero();
        assertThatThrownBy(NO_ROUNDS::last)
                .isExactlyInstanceOf(NoSuchElementException.class)
                .hasMessage("declinedPayment(): UNDECIDED, the heap could not be collected: no round was completed");
    }
}
