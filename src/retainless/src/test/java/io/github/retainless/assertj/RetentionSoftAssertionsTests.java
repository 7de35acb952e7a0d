package io.github.retainless.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.from;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.internal.text.Reports;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class RetentionSoftAssertionsTests {
    private static final RetentionReport CLEAN =
            Reports.released().named("clean").round(50, 0, 0).report();
    private static final RetentionReport LEAKY = Reports.growing(Growth.COUNT)
            .named("leaky")
            .round(50, 50, 1_000_000)
            .report();
    private static final RetentionReport UNDECIDED =
            Reports.undecided("nothing failed", "Let it fail.").named("idle").report();

    static final class OwnSoftAssertions extends SoftAssertions implements RetentionSoftAssertionsProvider {}

    private static List<String> messages(SoftAssertions softly) {
        return softly.errorsCollected().stream().map(Throwable::getMessage).toList();
    }

    @Test
    void all_failuresOfAllAssertions_areCollected() {
        RetentionSoftAssertions softly = new RetentionSoftAssertions();

        softly.assertThat(CLEAN).as("a").grows().releasesEverything();
        softly.assertThat(LEAKY)
                .as("b")
                .releasesEverything()
                .doesNotGrow()
                .retainsAtMost(1)
                .hasFootprintAtMost("1 KiB")
                .isBoundedBy(1, "1 KiB")
                .hasBytesPerFailureAtMost("1 KiB")
                .hasVerdict(Verdict.BOUNDED)
                .grows()
                .returns(Growth.COUNT, from(RetentionReport::growth));
        softly.assertThat(UNDECIDED).as("c").hasBytesPerFailureAtMost("1 KiB").doesNotGrow();
        softly.assertThat("text").as("d").isEmpty();

        assertThat(softly.errorsCollected())
                .extracting(error -> error.getMessage().lines().findFirst().orElseThrow())
                .containsExactly(
                        "[a] Expected GROWING, but clean lets go of the exceptions it throws.",
                        "[b] leaky retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] leaky retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] leaky retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] leaky retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] leaky retains the exceptions it throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] Expected at most 1.0 KiB per failure, but found 19.5 KiB: leaky retains the exceptions it"
                                + " throws: 50 of every 50 stay reachable, 19.5 KiB each.",
                        "[b] Expected BOUNDED, but leaky retains the exceptions it throws: 50 of every 50 stay"
                                + " reachable, 19.5 KiB each.",
                        "[c] idle proves nothing: nothing failed.",
                        "[c] idle proves nothing: nothing failed.",
                        "[d] ");
    }

    @Test
    void text_isWhole() {
        OwnSoftAssertions softly = new OwnSoftAssertions();

        softly.assertThat(LEAKY).doesNotGrow();

        assertThat(messages(softly)).singleElement().asString().startsWith(ReportText.of(LEAKY));
    }

    @Test
    @SuppressWarnings("NullAway")
    void noReport_isCollectedOnceEach() {
        RetentionSoftAssertions softly = new RetentionSoftAssertions();

        softly.assertThat((RetentionReport) null).doesNotGrow().grows().hasBytesPerFailureAtMost("1 B");

        assertThat(softly.errorsCollected()).hasSize(3).allSatisfy(error -> assertThat(error)
                .hasMessageContaining("Expecting actual not to be null"));
    }

    @Test
    void assertSoftly_showsAllFailures() {
        assertThatThrownBy(() -> RetentionSoftAssertions.assertSoftly(softly -> {
                    softly.assertThat(LEAKY).doesNotGrow();
                    softly.assertThat(UNDECIDED).doesNotGrow();
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(ReportText.of(LEAKY), ReportText.of(UNDECIDED));
    }

    @Test
    void assertSoftly_passesIfNothingFails() {
        RetentionSoftAssertions.assertSoftly(softly -> softly.assertThat(CLEAN).releasesEverything());
    }
}
