package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.Slow;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that leave a thread behind each time, so that each failure is its thread's last. */
class ThreadLeakTests {
    private static final ThreadLocal<Throwable> LAST = new ThreadLocal<>();

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endThreads() {
        end.countDown();
    }

    private RetentionReport run(RetentionExperiment.AttemptTask task) {
        return RetentionExperiment.of(task)
                .failures(10)
                .rounds(3)
                .budget(2)
                .warmup(2)
                .run();
    }

    private void leaveThreadBehind(Attempt attempt, boolean keeps) {
        Thread thread = new Thread(
                () -> {
                    fail(attempt, keeps);
                    try {
                        end.await();
                    } catch (InterruptedException ended) {
                        // Then so is the thread.
                    }
                },
                "charge-" + attempt.number());
        thread.setDaemon(true);
        thread.start();
    }

    private static void fail(Attempt attempt, boolean keeps) {
        IllegalStateException failure = new IllegalStateException("declined");
        if (keeps) {
            LAST.set(failure);
        }
        attempt.track(failure);
    }

    @Slow("dumps the heap")
    @Test
    void threadsThatKeepTheirFailure_areGrowth() {
        RetentionReport report = run(attempt -> leaveThreadBehind(attempt, true));

        assertThat(report.verdict()).isEqualTo(Verdict.GROWING);
        assertThat(report.retained()).isEqualTo(report.attempts()).isGreaterThanOrEqualTo(60);
        assertThat(report.explanation().signatures()).singleElement().satisfies(signature -> assertThat(
                        signature.path().get(0).toString())
                .contains("charge-*"));
    }

    @Test
    void threadsThatKeepNothing_areNone() {
        RetentionReport report = run(attempt -> leaveThreadBehind(attempt, false));

        assertThat(report.verdict()).isEqualTo(Verdict.RELEASED);
    }
}
