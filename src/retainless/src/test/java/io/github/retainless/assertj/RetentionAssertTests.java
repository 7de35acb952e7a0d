package io.github.retainless.assertj;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.from;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.experiment.Anatomy.Kind;
import io.github.retainless.experiment.Anatomy.Part;
import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.text.Reports;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionAssertTests {
    private static final RetentionReport RELEASED =
            Reports.released().round(50, 1, 70_000).report();
    private static final RetentionReport BOUNDED =
            Reports.bounded().round(50, 1, 1_000).round(100, 2, 64 << 10).report();
    private static final RetentionReport GROWING = Reports.growing(Growth.COUNT)
            .round(50, 50, 1_000_000)
            .round(100, 100, 2_000_000)
            .report();
    private static final RetentionReport UNDECIDED = Reports.undecided("100% of nothing failed (%s)", "Let it fail.")
            .named("rate(99%d)")
            .report();

    private static final String UNDECIDED_TEXT =
            """
            rate(99%d) proves nothing: 100% of nothing failed (%s).

              Let it fail.

              JDK 17.0.15, G1, GC proven by System.gc().""";
    private static final String GROWING_TEXT =
            """
            declinedPayment() retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.

              round   failures   retained   footprint
                  1         50         50   976.6 KiB
                  2        100        100     1.9 MiB   GROWING, 19.5 KiB per failure: a 512 MiB heap is full after 26,800 failures

              Grew to 100 in 100 failures; a limit above that was not looked for.

              JDK 17.0.15, G1, GC proven by System.gc().""";
    private static final String BOUNDED_TEXT =
            """
            declinedPayment() retains up to %s

              round   failures   retained   footprint
                  1         50          1      1000 B
                  2        100          2    64.0 KiB   BOUNDED

              JDK 17.0.15, G1, GC proven by System.gc().""";

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    private static RetentionReport report(Verdict verdict) {
        return Stream.of(RELEASED, BOUNDED, GROWING, UNDECIDED)
                .filter(report -> report.verdict() == verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void released_passesAllLimits() {
        assertThat(RELEASED)
                .releasesEverything()
                .doesNotGrow()
                .retainsAtMost(0)
                .hasFootprintAtMost("0 B")
                .isBoundedBy(0, "0 B");
    }

    @Test
    void bounded_passesWithinItsLimits() {
        assertThat(BOUNDED)
                .doesNotGrow()
                .retainsAtMost(2)
                .hasFootprintAtMost("64 KiB")
                .isBoundedBy(2, "64 KiB");
    }

    @Test
    void boundedBeyondItsLimits_failsWithWhatWasFoundAndWhatIsAllowed() {
        String count = "2 of the exceptions it throws; at most %d may be.";
        String bytes = "65,536 B through the exceptions it throws; at most 65,535 B may be.";

        assertFails(() -> assertThat(BOUNDED).releasesEverything(), BOUNDED_TEXT.formatted(count.formatted(0)));
        assertFails(() -> assertThat(BOUNDED).retainsAtMost(1), BOUNDED_TEXT.formatted(count.formatted(1)));
        assertFails(() -> assertThat(BOUNDED).isBoundedBy(1, "64 KiB"), BOUNDED_TEXT.formatted(count.formatted(1)));
        assertFails(() -> assertThat(BOUNDED).hasFootprintAtMost("65535 B"), BOUNDED_TEXT.formatted(bytes));
        assertFails(() -> assertThat(BOUNDED).isBoundedBy(2, "65535 B"), BOUNDED_TEXT.formatted(bytes));
    }

    @Test
    void growingAndUndecided_failAllLimits() {
        List<Consumer<RetentionAssert>> assertions = List.of(
                RetentionAssert::releasesEverything,
                RetentionAssert::doesNotGrow,
                that -> that.retainsAtMost(Long.MAX_VALUE),
                that -> that.hasFootprintAtMost("8589934591 GiB"),
                that -> that.hasFailureSizeAtMost("1 GiB"),
                that -> that.isBoundedBy(Long.MAX_VALUE, "8589934591 GiB"));
        for (Consumer<RetentionAssert> assertion : assertions) {
            assertFails(() -> assertion.accept(assertThat(GROWING)), GROWING_TEXT);
            assertFails(() -> assertion.accept(assertThat(UNDECIDED)), UNDECIDED_TEXT);
        }
    }

    @Test
    void failureSize_passesWithinItsBound_failsAboveWithTheAnatomy() {
        RetentionReport weighed = Reports.released()
                .round(50, 0, 0)
                .weighed(new FailureWeights(
                        60,
                        60,
                        new Anatomy(
                                "io.acme.PaymentDeclined",
                                1,
                                66_280,
                                List.of(
                                        new Part(Kind.PAYLOAD, "payload", "byte[65536]", 65_552),
                                        new Part(Kind.BACKTRACE, "", "", 688),
                                        new Part(Kind.REST, "", "", 40))),
                        false))
                .report();

        assertThat(weighed).hasFailureSizeAtMost("66280 B").releasesEverything();
        assertFails(
                () -> assertThat(weighed).hasFailureSizeAtMost("4 KiB"),
                """
                declinedPayment() throws exceptions of up to 64.7 KiB; at most 4.0 KiB may be.

                  round   failures   retained   footprint
                      1         50          0         0 B   RELEASED

                  The heaviest is of io.acme.PaymentDeclined:
                    payload byte[65536] 64.0 KiB · backtrace 688 B · rest 40 B

                  PaymentDeclined.payload is 98 % of each: keep what tells the case (its length, a hash, an id)
                  instead of the data.

                  JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void failureSizeThatWasNotAskedFor_failsAndSaysHowTo() {
        assertFails(
                () -> assertThat(RELEASED).hasFailureSizeAtMost("4 KiB"),
                """
                declinedPayment() throws exceptions of unknown size; at most 4.0 KiB may be.

                  round   failures   retained   footprint
                      1         50          1    68.4 KiB   RELEASED

                  Failures are weighed only on request: call weighFailures() on the experiment.

                  JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void bytesPerFailure_passWithinTheirBound_evenIfGrowing() {
        assertThat(GROWING).hasBytesPerFailureAtMost("20000 B");
        assertThat(RELEASED).hasBytesPerFailureAtMost("0 B");
    }

    @Test
    void bytesPerFailureAboveTheirBound_failWithBoth() {
        assertFails(
                () -> assertThat(GROWING).hasBytesPerFailureAtMost("19 KiB"),
                "Expected at most 19.0 KiB per failure, but found 19.5 KiB: " + GROWING_TEXT);
        assertFails(
                () -> assertThat(GROWING).hasBytesPerFailureAtMost("19999 B"),
                "Expected at most 19,999 B per failure, but found 20,000 B: " + GROWING_TEXT);
    }

    @Test
    void bytesPerFailureOfAnUndecided_fail() {
        assertFails(() -> assertThat(UNDECIDED).hasBytesPerFailureAtMost("1 GiB"), UNDECIDED_TEXT);
    }

    @ParameterizedTest
    @EnumSource
    void verdict_passesIfItIsTheExpected_failsOtherwise(Verdict expected) {
        for (Verdict found : Verdict.values()) {
            RetentionReport report = report(found);
            if (found == expected) {
                assertThat(report).hasVerdict(expected);
            } else {
                assertFails(
                        () -> assertThat(report).hasVerdict(expected),
                        "Expected " + expected + ", but " + ReportText.of(report));
            }
        }
    }

    @Test
    void grows_passesForGrowthOnly() {
        assertThat(GROWING).grows();
        assertFails(
                () -> assertThat(BOUNDED).grows(),
                "Expected GROWING, but "
                        + BOUNDED_TEXT.formatted("2 of the exceptions it throws, 64.0 KiB in all, but stops growing."));
        assertFails(
                () -> assertThat(RELEASED).grows(),
                """
                Expected GROWING, but declinedPayment() lets go of the exceptions it throws.

                  round   failures   retained   footprint
                      1         50          1    68.4 KiB   RELEASED

                  JDK 17.0.15, G1, GC proven by System.gc().""");
        assertFails(() -> assertThat(UNDECIDED).grows(), "Expected GROWING, but " + UNDECIDED_TEXT);
    }

    @Test
    void otherFigures_areAssertedAsOfAnyObject() {
        assertThat(GROWING).returns(Growth.COUNT, from(RetentionReport::growth)).grows();
    }

    @Test
    void description_comesFirst() {
        assertFails(() -> assertThat(UNDECIDED).as("charges").doesNotGrow(), "[charges] " + UNDECIDED_TEXT);
        assertFails(
                () -> assertThat(UNDECIDED).as("charges").grows(), "[charges] Expected GROWING, but " + UNDECIDED_TEXT);
    }

    @Test
    void wrongArguments_areRefused() {
        assertThatThrownBy(() -> assertThat(RELEASED).retainsAtMost(-1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("retainsAtMost takes 0 or more failures, but was given -1");
        assertThatThrownBy(() -> assertThat(RELEASED).isBoundedBy(-1, "1 B"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("isBoundedBy takes 0 or more failures, but was given -1");
        List<ThrowingCallable> wrongSizes = List.of(
                () -> assertThat(RELEASED).hasFootprintAtMost("64 Kib"),
                () -> assertThat(RELEASED).isBoundedBy(0, "64 Kib"),
                () -> assertThat(RELEASED).hasFailureSizeAtMost("64 Kib"),
                () -> assertThat(RELEASED).hasBytesPerFailureAtMost("64 Kib"));
        for (ThrowingCallable wrongSize : wrongSizes) {
            assertThatThrownBy(wrongSize)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("\"64 Kib\" is not a size: write a whole number and B, KiB, MiB or GiB, for example"
                            + " \"64 KiB\"");
        }
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullArguments_areNamed() {
        assertThatThrownBy(() -> assertThat(RELEASED).hasFootprintAtMost(null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("size");
        assertThatThrownBy(() -> assertThat(RELEASED).hasVerdict(null))
                .isExactlyInstanceOf(NullPointerException.class)
                .hasMessage("verdict");
    }

    @Test
    @SuppressWarnings("NullAway")
    void noReport_fails() {
        List<Consumer<RetentionAssert>> assertions = List.of(
                RetentionAssert::doesNotGrow, RetentionAssert::grows, that -> that.hasBytesPerFailureAtMost("1 B"));
        for (Consumer<RetentionAssert> assertion : assertions) {
            assertFails(() -> assertion.accept(assertThat(null)), "\nExpecting actual not to be null");
        }
    }
}
