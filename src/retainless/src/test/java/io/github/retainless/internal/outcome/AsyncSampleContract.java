package io.github.retainless.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for each type that can be observed. A subclass has a method {@code types}, which returns samples of them.
 */
@Timeout(60)
public abstract class AsyncSampleContract {
    /** What the outcome settles with. */
    protected static @Nullable Throwable settle(Object outcome) throws Exception {
        AsyncOutcome adapted = AsyncOutcome.of(outcome, "Hand over another.");
        if (adapted instanceof AsyncOutcome.Blocking blocking) {
            return blocking.await();
        }
        AtomicReference<Throwable> seen = new AtomicReference<>();
        CountDownLatch settled = new CountDownLatch(1);
        ((AsyncOutcome.Callback) adapted).subscription().accept(new Observation(() -> false, failure -> {
            seen.set(failure);
            settled.countDown();
        }));
        assertThat(settled.await(20, TimeUnit.SECONDS)).isTrue();
        return seen.get();
    }

    protected static RetentionExperiment small(RetentionExperiment experiment) {
        return experiment.warmup(1).failures(5).rounds(3).budget(1);
    }

    /** Lets the only attempt observe what never settles. */
    protected static void assertIsTimedOut(AsyncSample type) throws Exception {
        // Loads the library's classes, which takes its time.
        settle(type.succeeding());
        Object outcome = type.pending();
        RetentionReport report =
                small(RetentionExperiment.of(() -> outcome)).timeout("300 ms").run();

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reason())
                .isEqualTo("attempt 1 returned, but 1 outcome it observed had not settled after 300 ms ("
                        + outcome.getClass().getName() + ")");
    }

    @ParameterizedTest
    @MethodSource("types")
    void failing_settlesWithTheVeryInstance(AsyncSample type) throws Exception {
        Exception failure = new Exception("declined");

        assertThat(settle(type.failing(failure))).isSameAs(failure);
    }

    @ParameterizedTest
    @MethodSource("types")
    void succeeding_settlesWithoutFailure(AsyncSample type) throws Exception {
        assertThat(settle(type.succeeding())).isNull();
    }

    @ParameterizedTest
    @MethodSource("types")
    void succeeding_isNoFailure(AsyncSample type) {
        RetentionReport report = small(RetentionExperiment.of(type::succeeding)).run();

        assertThat(report.reason()).isEqualTo("none of 1 attempts failed");
    }

    @ParameterizedTest
    @MethodSource("types")
    void pending_doesNotSettle_andIsNamed(AsyncSample type) {
        Object outcome = type.pending();
        AtomicBoolean isSettled = new AtomicBoolean();
        Observation observation = new Observation(() -> false, failure -> isSettled.set(true));

        AsyncOutcome adapted = AsyncOutcome.of(outcome, "Hand over another.");
        if (adapted instanceof AsyncOutcome.Callback callback) {
            callback.subscription().accept(observation);
        }

        assertThat(adapted.type()).isEqualTo(outcome.getClass().getName());
        assertThat(isSettled).isFalse();
        observation.cancel();
    }
}
