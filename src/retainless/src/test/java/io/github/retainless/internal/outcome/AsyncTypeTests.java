package io.github.retainless.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Futures;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.Slow;
import io.netty.util.concurrent.Promise;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.Mockito;
import reactor.core.publisher.Flux;

@Timeout(60)
class AsyncTypeTests {
    /** What the outcome settles with. */
    private static @Nullable Throwable settle(Object outcome) throws Exception {
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

    private static RetentionExperiment small(RetentionExperiment experiment) {
        return experiment.warmup(1).failures(5).rounds(3).budget(1);
    }

    @ParameterizedTest
    @EnumSource
    void failing_settlesWithTheVeryInstance(AsyncType type) throws Exception {
        Exception failure = new Exception("declined");

        assertThat(settle(type.failing(failure))).isSameAs(failure);
    }

    @ParameterizedTest
    @EnumSource
    void succeeding_settlesWithoutFailure(AsyncType type) throws Exception {
        assertThat(settle(type.succeeding())).isNull();
    }

    @Slow("makes an experiment with each type")
    @ParameterizedTest
    @EnumSource
    void failing_isReleased_whenNobodyKeepsIt(AsyncType type) {
        RetentionReport report = small(RetentionExperiment.of(() -> type.failing(new Exception("declined"))))
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.RELEASED);
        assertThat(report.attempts()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource
    void succeeding_isNoFailure(AsyncType type) {
        RetentionReport report = small(RetentionExperiment.of(type::succeeding)).run();

        assertThat(report.reason()).isEqualTo("none of 1 attempts failed");
    }

    @ParameterizedTest
    @EnumSource
    void pending_doesNotSettle_andIsNamed(AsyncType type) {
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

    @ParameterizedTest
    @EnumSource(names = {"COMPLETABLE_FUTURE", "FUTURE_TASK", "MONO"})
    void pending_isTimedOut(AsyncType type) throws Exception {
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

    @Slow("makes an experiment with each type")
    @ParameterizedTest
    @EnumSource(names = {"MONO", "SINGLE", "UNI", "DEFERRED", "NETTY_FUTURE", "VERTX_FUTURE"})
    void failing_grows_whenTheOutcomesAreKept(AsyncType type) {
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

    /** As a subject does that keeps its subscribers for ever: the leak would be ours. */
    @Test
    void failing_isReleased_thoughTheSubscriberIsKept() {
        List<Object> kept = Collections.synchronizedList(new ArrayList<>());
        RetentionReport report = small(RetentionExperiment.of(() -> Single.<String>wrap(observer -> {
                    kept.add(observer);
                    Single.<String>error(new Exception("declined")).subscribe(observer);
                })))
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.RELEASED);
        assertThat(kept).hasSize(16);
    }

    @Test
    void nettyFuture_ofAnEventLoopUnderTest_isReleased() {
        RetentionReport report = small(
                        RetentionExperiment.of(() -> AsyncType.NETTY_FUTURE.failing(new Exception("declined"))))
                .on(AsyncType.eventLoop())
                .run();

        assertThat(report.verdict()).as(report::reason).isEqualTo(Verdict.RELEASED);
        assertThat(report.attempts()).isEqualTo(15);
    }

    @Test
    void cancelled_isAFailure() throws Exception {
        CompletableDeferred<String> deferred = CompletableDeferredKt.CompletableDeferred(null);
        deferred.cancel(null);
        CompletableFuture<String> future = new CompletableFuture<>();
        future.cancel(true);
        Promise<String> promise = AsyncType.eventLoop().newPromise();
        promise.cancel(true);

        for (Object cancelled : List.of(deferred, future, promise, Futures.immediateCancelledFuture())) {
            assertThat(settle(cancelled)).isInstanceOf(CancellationException.class);
        }
    }

    static Stream<Function<CountDownLatch, Object>> endless() {
        return Stream.of(
                cancelled -> Flux.never().doOnCancel(cancelled::countDown),
                cancelled -> Single.never().doOnDispose(cancelled::countDown),
                cancelled -> Maybe.never().doOnDispose(cancelled::countDown),
                cancelled -> Completable.never().doOnDispose(cancelled::countDown),
                cancelled -> Observable.never().doOnDispose(cancelled::countDown),
                cancelled -> Uni.createFrom().nothing().onCancellation().invoke(cancelled::countDown));
    }

    @ParameterizedTest
    @MethodSource("endless")
    void endless_isUnsubscribed_whenItIsCancelled(Function<CountDownLatch, Object> endless) {
        CountDownLatch cancelled = new CountDownLatch(1);
        AsyncOutcome.Callback outcome = (AsyncOutcome.Callback) AsyncOutcome.of(endless.apply(cancelled), "");
        Observation observation = new Observation(() -> false, failure -> {});

        outcome.subscription().accept(observation);
        observation.cancel();

        assertThat(cancelled.getCount()).isZero();
    }

    @Test
    void publisherThatNeverLetsItsSubscriberGo_isUnsubscribed_whenTheExperimentEnds() throws Exception {
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
                .isExactlyInstanceOf(UnobservableException.class)
                .hasMessage("cannot observe a " + mock.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion returned null. Is it a stub or mock? Let it"
                        + " behave as the real one, or turn the outcome into a CompletionStage in the task.");
    }

    @Test
    void typeWhoseConversionThrows_isRefused() {
        Uni<?> hostile = Mockito.mock(Uni.class, call -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> settle(hostile))
                .isExactlyInstanceOf(UnobservableException.class)
                .hasMessage("cannot observe a " + hostile.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion threw java.lang.IllegalStateException: no."
                        + " Repair the type, or turn the outcome into a CompletionStage in the task.");
    }
}
