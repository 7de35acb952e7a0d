package io.github.retainless.readme;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.api.Test;

/** An example of the manual; {@link ReadmeTests} compares and runs it. */
class ChargeWithoutAnnotationsTest {
    @Test
    void declinedCharge_isBounded() {
        PaymentDispatcher dispatcher = new PaymentDispatcher();

        RetentionReport report = RetentionExperiment.of(() -> dispatcher.charge("declined card"))
                .failures(100)
                .rounds(4)
                .concurrency(8)
                .run();

        assertThat(report).doesNotGrow().retainsAtMost(1).hasFootprintAtMost("64 KiB");
    }
}
