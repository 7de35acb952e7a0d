package io.github.retainless.examples.customexecutor;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

/** Shows that the contract would find the leak. */
class LeakyReportingPoolTest {
    @Test
    void leakyPool_keepsEachFailure() {
        ExecutorService pool = new ReportingPool.Leaky();
        try {
            RetentionReport report = RetentionExperiment.of(LeakyReportingPoolTest::fail)
                    .on(pool)
                    .failures(20)
                    .budget(1)
                    .run();

            assertThat(report).grows();
            assertThat(report.text()).contains("ReportingPool.Leaky.failures");
        } finally {
            pool.shutdownNow();
        }
    }

    private static void fail() {
        throw new IllegalStateException("out of stock");
    }
}
