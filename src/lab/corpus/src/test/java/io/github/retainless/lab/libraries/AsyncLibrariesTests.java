package io.github.retainless.lab.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.outcome.AsyncOutcome;
import io.github.retainless.internal.outcome.AsyncSample;
import io.github.retainless.internal.outcome.AsyncSampleContract;
import io.github.retainless.internal.outcome.AsyncType;
import io.github.retainless.internal.outcome.Observation;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;

/**
 * Whole experiments with the types of all libraries, at the versions of the corpus. AsyncTypeTests of the library has
 * its own.
 */
class AsyncLibrariesTests extends AsyncSampleContract {
    static Stream<AsyncSample> types() {
        return Stream.concat(Stream.of(AsyncType.values()), Stream.of(LibrarySample.values()));
    }

    static Stream<AsyncSample> oneOfEachLibrary() {
        return Stream.of(
                LibrarySample.MONO,
                AsyncType.SINGLE,
                AsyncType.UNI,
                AsyncType.DEFERRED,
                AsyncType.NETTY_FUTURE,
                AsyncType.VERTX_FUTURE);
    }

    @ParameterizedTest
    @MethodSource("types")
    void failing_isReleased_whenNobodyKeepsIt(AsyncSample type) {
        RetentionReport report = small(RetentionExperiment.of(() -> type.failing(new Exception("declined"))))
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.RELEASED);
        assertThat(report.attempts()).isEqualTo(15);
    }

    @ParameterizedTest
    @MethodSource("oneOfEachLibrary")
    void failing_grows_whenTheOutcomesAreKept(AsyncSample type) {
        List<Object> kept = Collections.synchronizedList(new ArrayList<>());
        RetentionReport report = small(RetentionExperiment.of(() -> {
                    Object outcome = type.failing(new Exception("declined"));
                    kept.add(outcome);
                    return outcome;
                }))
                .explainUnless(any -> true)
                .run();

        assertThat(report.verdict()).isEqualTo(Verdict.GROWING);
        assertThat(report.retained()).isEqualTo(report.attempts());
    }

    @Test
    void pendingMono_isTimedOut() throws Exception {
        assertIsTimedOut(LibrarySample.MONO);
    }

    @Test
    void cancelledFutureOfGuava_isAFailure() throws Exception {
        assertThat(settle(Futures.immediateCancelledFuture())).isInstanceOf(CancellationException.class);
    }

    @Test
    void endlessFlux_isUnsubscribed_whenItIsCancelled() {
        CountDownLatch cancelled = new CountDownLatch(1);
        Flux<Object> endless = Flux.never().doOnCancel(cancelled::countDown);
        Observation observation = new Observation(() -> false, failure -> {});

        ((AsyncOutcome.Callback) AsyncOutcome.of(endless, "")).subscription().accept(observation);
        observation.cancel();

        assertThat(cancelled.getCount()).isZero();
    }

    @Test
    void fluxThatNeverLetsItsSubscriberGo_isUnsubscribed_whenTheExperimentEnds() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        RetentionReport report = small(RetentionExperiment.of(
                        () -> Flux.generate(sink -> sink.next("more")).doOnCancel(cancelled::countDown)))
                .timeout("100 ms")
                .run();

        assertThat(report.reason()).startsWith("attempt 1 was still running after 100 ms");
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void mock_isRefused() {
        Uni<?> mock = Mockito.mock(Uni.class);

        assertThatThrownBy(() -> settle(mock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot observe a " + mock.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion returned null. Is it a stub or mock? Let it"
                        + " behave as the real one, or turn the outcome into a CompletionStage in the task.");
    }

    @Test
    void mockWhoseConversionThrows_isRefused() {
        Uni<?> hostile = Mockito.mock(Uni.class, call -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> settle(hostile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot observe a " + hostile.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion threw java.lang.IllegalStateException: no."
                        + " Repair the type, or turn the outcome into a CompletionStage in the task.");
    }
}
