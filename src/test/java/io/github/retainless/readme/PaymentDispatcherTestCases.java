package io.github.retainless.readme;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.Attempt;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The README's examples; {@link ReadmeTests} compares and runs them. */
final class PaymentDispatcherTestCases {
    private PaymentDispatcherTestCases() {}

    @NoExceptionRetention(failures = 100)
    static class PaymentDispatcherTest {
        final PaymentDispatcher dispatcher = new PaymentDispatcher();

        @AsyncTask // one leak regression test; the body is one failing attempt
        void declinedCharge(Attempt attempt) {
            attempt.observe(dispatcher.charge("declined card"));
        }
    }

    @NoExceptionRetention(maxRetained = 0)
    static class PaymentExecutorTest {
        @ExecutorUnderTest // tasks then run on it
        final ExecutorService executor = FixedAsyncExecutor.fixedPool(4);

        @AsyncTask
        void declinedPayment() {
            throw new PaymentDeclined(new byte[64 * 1024]);
        }

        @AfterEach
        void shutDown() {
            executor.shutdown();
        }
    }

    static class WithoutAnnotations {
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
}
