package io.github.retainless.assertj;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.heap.ByteSize;
import io.github.retainless.report.Bounds;
import io.github.retainless.report.FailureMessage;
import io.github.retainless.report.Reports;
import io.github.retainless.verdict.Growth;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RetentionAssertTests {
    private static final RetentionReport RELEASED =
            Reports.released().round(50, 1, 70_000).report();
    private static final RetentionReport BOUNDED =
            Reports.bounded().round(50, 2, 64 << 10).round(100, 1, 1_000).report();
    private static final RetentionReport GROWING = Reports.growing(Growth.COUNT)
            .round(50, 50, 1_000)
            .round(100, 100, 2_000)
            .report();
    private static final RetentionReport UNDECIDED = Reports.undecided("100% of nothing failed (%s)", "Let it fail.")
            .named("rate(99%d)")
            .report();

    private static void assertFails(ThrowingCallable assertion, RetentionReport report, Bounds bounds) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessage(FailureMessage.of(report, bounds, ""));
    }

    @Test
    void released_passesAll() {
        assertThat(RELEASED).releasesEverything().doesNotGrow().retainsAtMost(0).hasFootprintAtMost("0 B");
    }

    @Test
    void bounded_passesWithinItsBounds() {
        assertThat(BOUNDED).doesNotGrow().retainsAtMost(2).hasFootprintAtMost("64 KiB");
    }

    @Test
    void bounded_failsBeyondThem() {
        Bounds any = Bounds.NONE;

        assertFails(() -> assertThat(BOUNDED).releasesEverything(), BOUNDED, new Bounds(0, new ByteSize(0)));
        assertFails(() -> assertThat(BOUNDED).retainsAtMost(1), BOUNDED, new Bounds(1, any.maxFootprint()));
        assertFails(
                () -> assertThat(BOUNDED).hasFootprintAtMost("65535 B"),
                BOUNDED,
                new Bounds(any.maxRetained(), new ByteSize(65_535)));
    }

    @Test
    void growingAndUndecided_failAll() {
        List<Consumer<RetentionAssert>> assertions = List.of(
                RetentionAssert::releasesEverything,
                RetentionAssert::doesNotGrow,
                that -> that.retainsAtMost(Long.MAX_VALUE),
                that -> that.hasFootprintAtMost("8589934591 GiB"));
        for (Consumer<RetentionAssert> assertion : assertions) {
            assertFails(() -> assertion.accept(assertThat(GROWING)), GROWING, Bounds.NONE);
            assertFails(() -> assertion.accept(assertThat(UNDECIDED)), UNDECIDED, Bounds.NONE);
        }
    }

    @Test
    void percentSigns_areKept() {
        assertThatThrownBy(() -> assertThat(UNDECIDED).doesNotGrow())
                .hasMessage(
                        """
                        rate(99%d) proves nothing: 100% of nothing failed (%s).

                          Let it fail.

                          JDK 17.0.15, G1, GC proven by System.gc().""");
    }

    @Test
    void description_comesFirst() {
        assertThatThrownBy(() -> assertThat(UNDECIDED).as("charges").doesNotGrow())
                .hasMessage("[charges] " + FailureMessage.of(UNDECIDED, Bounds.NONE, ""));
    }

    @Test
    void wrongArguments_areRefused() {
        assertThatThrownBy(() -> assertThat(RELEASED).retainsAtMost(-1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("retainsAtMost takes 0 or more failures, but was given -1");
        assertThatThrownBy(() -> assertThat(RELEASED).hasFootprintAtMost("64 kb"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"64 kb\" is not a size: write a whole number and B, KiB, MiB or GiB, for example"
                        + " \"64 KiB\"");
    }

    @Test
    @SuppressWarnings("NullAway")
    void noReport_fails() {
        assertThatThrownBy(() -> assertThat(null).doesNotGrow()).isInstanceOf(AssertionError.class);
    }
}
