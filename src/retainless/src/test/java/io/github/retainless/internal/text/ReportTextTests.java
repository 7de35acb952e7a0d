package io.github.retainless.internal.text;

import static io.github.retainless.internal.text.Reports.bounded;
import static io.github.retainless.internal.text.Reports.growing;
import static io.github.retainless.internal.text.Reports.released;
import static io.github.retainless.internal.text.Reports.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Explanation;
import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.HeapGain;
import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.SuccessComparison;
import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.internal.verdict.Limits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTextTests {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    private static String message(Reports reports) {
        return message(reports, Limits.NONE);
    }

    private static String message(Reports reports, Limits limits) {
        return ReportText.of(reports.report(), limits, "");
    }

    private static Limits maxRetained(long failures) {
        return Limits.NONE.withMaxRetained(failures);
    }

    private static Limits maxFootprint(String size) {
        return Limits.NONE.withMaxFootprint(ByteSize.parse(size));
    }

    @Test
    void everyFailureRetained_showsRateSizeAndWhenTheHeapIsFull() {
        assertThat(ReportText.of(
                        growing(Growth.COUNT)
                                .failuresPerRound(100)
                                .round(100, 100, 6_645_800)
                                .round(200, 200, 13_291_600)
                                .round(300, 300, 19_937_400)
                                .report(),
                        Limits.NONE,
                        "target/retainless/index.html"))
                .isEqualTo(
                        """
                        declinedPayment() retains the exceptions it throws: 100 of every 100 stay reachable, 64.9 KiB each.

                          round   failures   retained   footprint
                              1        100        100     6.3 MiB
                              2        200        200    12.7 MiB
                              3        300        300    19.0 MiB   GROWING, 64.9 KiB per failure: a 512 MiB heap is full after 8,080 failures

                          Grew to 300 in 300 failures; a limit above that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc(). Report: target/retainless/index.html""");
    }

    @Test
    void oneInFiftyRetained_showsTheRate() {
        assertThat(message(growing(Growth.COUNT)
                        .round(50, 1, 1_000)
                        .round(100, 2, 2_000)
                        .round(1_600, 32, 32_000)))
                .isEqualTo(
                        """
                        declinedPayment() retains the exceptions it throws: 1 of every 50 stays reachable, 1000 B each.

                          round   failures   retained   footprint
                              1         50          1      1000 B
                              2        100          2     2.0 KiB
                              3      1,600         32    31.3 KiB   GROWING, 20 B per failure: a 512 MiB heap is full after 26,800,000 failures

                          Grew to 32 in 1,600 failures; a limit above that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void unevenRate_showsTheTotals() {
        assertThat(message(growing(Growth.COUNT).round(50, 0, 0).round(1_650, 3, 3_000)))
                .isEqualTo(
                        """
                        declinedPayment() retains the exceptions it throws: 3 of 1,650 stay reachable, 1000 B each.

                          round   failures   retained   footprint
                              1         50          0         0 B
                              2      1,650          3     2.9 KiB   GROWING, 2 B per failure: a 512 MiB heap is full after 268,000,000 failures

                          Grew to 3 in 1,650 failures; a limit above that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void oneThatGainsBytes_isSingular() {
        assertThat(message(growing(Growth.BYTES)
                        .round(50, 1, MIB)
                        .round(100, 1, 2 * MIB)
                        .round(150, 1, 3 * MIB)))
                .isEqualTo(
                        """
                        declinedPayment() lets what it retains grow: 1 stays reachable and gains 20.5 KiB with every failure.

                          round   failures   retained   footprint
                              1         50          1     1.0 MiB
                              2        100          1     2.0 MiB
                              3        150          1     3.0 MiB   GROWING, 20.5 KiB per failure: a 512 MiB heap is full after 25,600 failures

                          Watched for 150 failures; a limit beyond that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void someThatGainBytes_arePlural() {
        assertThat(message(growing(Growth.BYTES)
                        .round(50, 4, MIB)
                        .round(100, 4, 2 * MIB)
                        .round(150, 4, 3 * MIB)))
                .isEqualTo(
                        """
                        declinedPayment() lets what it retains grow: 4 stay reachable and gain 20.5 KiB with every failure.

                          round   failures   retained   footprint
                              1         50          4     1.0 MiB
                              2        100          4     2.0 MiB
                              3        150          4     3.0 MiB   GROWING, 20.5 KiB per failure: a 512 MiB heap is full after 25,600 failures

                          Watched for 150 failures; a limit beyond that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void boundedAboveMaxRetained_showsTheMost() {
        assertThat(message(
                        bounded()
                                .round(1_000, 4, 4_000)
                                .round(2_000, 1_200, 1_200_000)
                                .round(4_000, 10, 10_000),
                        maxRetained(1_000)))
                .isEqualTo(
                        """
                        declinedPayment() retains up to 1,200 of the exceptions it throws; at most 1,000 may be.

                          round   failures   retained   footprint
                              1      1,000          4     3.9 KiB
                              2      2,000      1,200     1.1 MiB
                              3      4,000         10     9.8 KiB   BOUNDED

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void boundedAboveMaxFootprint_showsTheLargest() {
        assertThat(message(bounded().round(50, 1, 80 * KIB).round(100, 1, 70 * KIB), maxFootprint("64 KiB")))
                .isEqualTo(
                        """
                        declinedPayment() retains up to 80.0 KiB through the exceptions it throws; at most 64.0 KiB may be.

                          round   failures   retained   footprint
                              1         50          1    80.0 KiB
                              2        100          1    70.0 KiB   BOUNDED

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void boundedJustAboveMaxFootprint_showsBytes() {
        assertThat(message(bounded().round(50, 1, 65_537), maxFootprint("64 KiB")))
                .isEqualTo(
                        """
                        declinedPayment() retains up to 65,537 B through the exceptions it throws; at most 65,536 B may be.

                          round   failures   retained   footprint
                              1         50          1    64.0 KiB   BOUNDED

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void truncatedAboveMaxFootprint_isMarked() {
        assertThat(message(bounded().truncatedRound(50, 1, 80 * KIB), maxFootprint("64 KiB")))
                .isEqualTo(
                        """
                        declinedPayment() retains up to 80.0 KiB+ through the exceptions it throws; at most 64.0 KiB may be.

                          round   failures   retained   footprint
                              1         50          1   80.0 KiB+   BOUNDED

                          Footprints marked + are at least that large; the walk through them was cut.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void boundedWithinItsLimits_showsTheMost() {
        assertThat(ReportText.of(bounded()
                        .round(1_000, 4, 4_000)
                        .round(2_000, 1_200, 1_200_000)
                        .truncatedRound(4_000, 10, 1_200_001)
                        .report()))
                .isEqualTo(
                        """
                        declinedPayment() retains up to 1,200 of the exceptions it throws, 1.1 MiB+ in all, but stops growing.

                          round   failures   retained   footprint
                              1      1,000          4     3.9 KiB
                              2      2,000      1,200     1.1 MiB
                              3      4,000         10    1.1 MiB+   BOUNDED

                          Footprints marked + are at least that large; the walk through them was cut.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void undecided_showsReasonAndRemedy() {
        assertThat(message(undecided("none of 210 attempts failed", "Let the task throw.")
                        .round(50, 0, 0)))
                .isEqualTo(
                        """
                        declinedPayment() proves nothing: none of 210 attempts failed.

                          round   failures   retained   footprint
                              1         50          0         0 B   UNDECIDED

                          Let the task throw.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void undecidedBeforeAnyRound_hasNoTable() {
        assertThat(message(undecided("the heap could not be collected", "Run the tests without -XX:+UseEpsilonGC.")
                        .unproven()))
                .isEqualTo(
                        """
                        declinedPayment() proves nothing: the heap could not be collected.

                          Run the tests without -XX:+UseEpsilonGC.

                          JDK 17.0.15, G1.""");
    }

    @Test
    void undecidedWithAThreadsStack_showsItWhole() {
        assertThat(message(undecided(
                                "attempt 3 did not end within 10 s\n    at a.B.c(B.java:1)\n    at d.E.f(E.java:2)\n",
                                "Is it waiting for a lock?")
                        .unproven()))
                .isEqualTo(
                        """
                        declinedPayment() proves nothing: attempt 3 did not end within 10 s.
                            at a.B.c(B.java:1)
                            at d.E.f(E.java:2)

                          Is it waiting for a lock?

                          JDK 17.0.15, G1.""");
    }

    @Test
    void growthThatFilledTheHeap_showsWhyItStopped() {
        assertThat(message(growing(Growth.COUNT)
                        .round(6, 6, 403 * MIB)
                        .stopped(
                                "stopped early, with 20.0 MiB of 512.0 MiB heap free where 1 attempt allocates 64.0 MiB",
                                "Raise -Xmx, or make the payloads smaller.")))
                .isEqualTo(
                        """
                        declinedPayment() retains the exceptions it throws: 6 of 6 stay reachable, 67.2 MiB each.

                          round   failures   retained   footprint
                              1          6          6   403.0 MiB   GROWING, 67.2 MiB per failure: a 512 MiB heap is full after 7 failures

                          Grew to 6 in 6 failures; a limit above that was not looked for.

                          Stopped early, with 20.0 MiB of 512.0 MiB heap free where 1 attempt allocates 64.0 MiB. Raise -Xmx, or make the payloads smaller.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void fullHeapThatProvesNothing_showsWhyItStopped() {
        assertThat(message(undecided(
                                "stopped early, with 20.0 MiB of 512.0 MiB heap free where 1 attempt allocates 64.0 MiB",
                                "Raise -Xmx, or make the payloads smaller.")
                        .round(6, 1, 64 * MIB)))
                .isEqualTo(
                        """
                        declinedPayment() proves nothing: stopped early, with 20.0 MiB of 512.0 MiB heap free where 1 attempt allocates 64.0 MiB.

                          round   failures   retained   footprint
                              1          6          1    64.0 MiB   UNDECIDED

                          Raise -Xmx, or make the payloads smaller.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void remarks_areWhatTheReportItselfDoesNotHold() {
        RetentionReport report = growing(Growth.COUNT)
                .round(6, 6, 403 * MIB)
                .stopped("stopped early", "Raise -Xmx.")
                .explained(new Explanation(List.of(), List.of(), "The dump is lost.", "/tmp/kept.hprof"))
                .report();

        assertThat(ReportText.message(report, Limits.NONE, "").remarks())
                .containsExactly(
                        "Grew to 6 in 6 failures; a limit above that was not looked for.",
                        "Stopped early. Raise -Xmx.",
                        "The dump is lost.",
                        "Heap dump kept: /tmp/kept.hprof");
    }

    /** The page shows it below the headline. */
    @Test
    void note_isInTheMessageButNoRemark() {
        ReportMessage message = ReportText.message(released().report(), Limits.NONE, "");
        ReportMessage noted = message.with("A note.\n- of two lines");

        assertThat(noted.text()).isEqualTo(message.text() + "\n\n  A note.\n  - of two lines");
        assertThat(noted.remarks()).isEqualTo(message.remarks());
    }

    @Test
    void remarksOfAThreadsStack_areItsParagraphs() {
        RetentionReport report = undecided("it hangs\n\n  thread A\n    at a.B.c\n\n  thread B", "Wait.")
                .report();

        assertThat(ReportText.message(report, Limits.NONE, "").remarks())
                .containsExactly("thread A\n  at a.B.c", "thread B");
    }

    @Test
    void truncatedFootprint_isMarkedAndExplained() {
        assertThat(message(growing(Growth.COUNT).round(50, 50, 50_000).truncatedRound(100, 100, 80_000)))
                .isEqualTo(
                        """
                        declinedPayment() retains the exceptions it throws: 50 of every 50 stay reachable, at least 800 B each.

                          round   failures   retained   footprint
                              1         50         50    48.8 KiB
                              2        100        100   78.1 KiB+   GROWING

                          Footprints marked + are at least that large; the walk through them was cut.

                          Grew to 100 in 100 failures; a limit above that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void successTaskThatGrows_isAboutAttemptsAndWhatItTracks() {
        assertThat(message(growing(Growth.COUNT)
                        .expectingSuccess()
                        .named("largeResult()")
                        .round(50, 50, 50_000)
                        .round(100, 100, 100_000)))
                .isEqualTo(
                        """
                        largeResult() retains what it tracks: 50 of every 50 stay reachable, 1000 B each.

                          round   attempts   retained   footprint
                              1         50         50    48.8 KiB
                              2        100        100    97.7 KiB   GROWING, 1000 B per attempt: a 512 MiB heap is full after 537,000 attempts

                          Grew to 100 in 100 attempts; a limit above that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void successTaskAboveMaxRetained_isAboutWhatItTracks() {
        assertThat(message(bounded().expectingSuccess().named("largeResult()").round(50, 5, 50_000), maxRetained(0)))
                .isEqualTo(
                        """
                        largeResult() retains up to 5 of what it tracks; at most 0 may be.

                          round   attempts   retained   footprint
                              1         50          5    48.8 KiB   BOUNDED

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void successTaskThatGainsBytes_isAboutAttempts() {
        assertThat(message(growing(Growth.BYTES)
                        .expectingSuccess()
                        .round(50, 1, MIB)
                        .round(100, 1, 2 * MIB)))
                .isEqualTo(
                        """
                        declinedPayment() lets what it retains grow: 1 stays reachable and gains 20.5 KiB with every attempt.

                          round   attempts   retained   footprint
                              1         50          1     1.0 MiB
                              2        100          1     2.0 MiB   GROWING, 20.5 KiB per attempt: a 512 MiB heap is full after 25,600 attempts

                          Watched for 100 attempts; a limit beyond that was not looked for.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void released_isShown() {
        assertThat(message(released().round(50, 5, 50_000)))
                .isEqualTo(
                        """
                        declinedPayment() lets go of the exceptions it throws.

                          round   failures   retained   footprint
                              1         50          5    48.8 KiB   RELEASED

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void percentSigns_areKept() {
        assertThat(message(undecided("100%d of %s failed", "Try %n.").named("rate(99%)")))
                .isEqualTo(
                        """
                        rate(99%) proves nothing: 100%d of %s failed.

                          Try %n.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void onlyPayloads_areNamed() {
        assertThat(message(growing(Growth.COUNT)
                        .failuresPerRound(100)
                        .round(100, 100, 6_556_800)
                        .round(200, 200, 13_113_600)
                        .retainedParts(new RetainedParts(RetainedPart.CARRIED, "PaymentDeclined.response", 200))))
                .startsWith("declinedPayment() retains what the exceptions it throws carry in"
                        + " PaymentDeclined.response, without them: 100 of every 100 stay reachable, 64.0 KiB each.\n");
    }

    @Test
    void differentRemains_areListed() {
        assertThat(message(growing(Growth.COUNT)
                        .failuresPerRound(100)
                        .round(200, 120, 120_000)
                        .retainedParts(
                                new RetainedParts(RetainedPart.FAILURE, "", 100),
                                new RetainedParts(RetainedPart.CARRIED, "PaymentDeclined.response", 20))))
                .contains("\n\n  Left are the exceptions themselves of 100, only PaymentDeclined.response of 20.\n");
    }

    @Test
    void heapThatGrowsAlthoughNothingIsLeft_isAnAdvisory() {
        assertThat(message(released()
                        .failuresPerRound(100)
                        .round(100, 0, 0)
                        .round(400, 0, 0)
                        .heapGain(heapGain())))
                .isEqualTo(
                        """
                        declinedPayment() lets go of the exceptions it throws.

                          round   failures   retained   footprint
                              1        100          0         0 B
                              2        400          0         0 B   RELEASED

                          But the heap grows by 2.1 KiB with each failure, seen for 400 of them, though nothing watched
                          does.

                          More with each failure:
                            1.0 byte[] 2.0 KiB · 2.0 io.acme.Log.Entry 48 B

                          Copies of what exceptions carry, stack traces kept as text, or growth inside one object that all
                          share look like that. heapGrowth = FAIL lets the test fail then.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void heapThatMustNotGrow_isTheVerdict() {
        assertThat(message(growing(Growth.HEAP)
                        .failuresPerRound(100)
                        .round(100, 0, 0)
                        .round(400, 0, 0)
                        .heapGain(heapGain())))
                .isEqualTo(
                        """
                        declinedPayment() lets the heap grow: 2.1 KiB with each failure, though nothing watched does.

                          round   failures   retained   footprint
                              1        100          0         0 B
                              2        400          0         0 B   GROWING, 2.1 KiB per failure: a 512 MiB heap is full after 250,000 failures

                          Watched for 400 failures; a limit beyond that was not looked for.

                          More with each failure:
                            1.0 byte[] 2.0 KiB · 2.0 io.acme.Log.Entry 48 B

                          Copies of what exceptions carry, stack traces kept as text, or growth inside one object that all
                          share look like that.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    private static HeapGain heapGain() {
        return new HeapGain(
                2_150,
                400,
                200,
                List.of(
                        new HeapGain.ClassGain("byte[]", 200, 200 * 2_048),
                        new HeapGain.ClassGain("io.acme.Log$Entry", 400, 200 * 48)));
    }

    @Test
    void whatSuccessKeepsToo_isSaid() {
        assertThat(message(released()
                        .round(50, 0, 0)
                        .successComparison(
                                new SuccessComparison(150, 0, Map.of("io.acme.Order", List.of(50, 50, 49))))))
                .contains("\n\n  Not counted: in 150 attempts that succeeded, 149 kept a io.acme.Order too.\n");
    }
}
