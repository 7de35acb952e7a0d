package io.github.retainless.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.netty.util.concurrent.Promise;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncTypeTests extends AsyncSampleContract {
    static List<AsyncType> types() {
        return List.of(AsyncType.values());
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETABLE_FUTURE", "FUTURE_TASK", "FLOWABLE"})
    void pending_isTimedOut(AsyncType type) throws Exception {
        assertIsTimedOut(type);
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

        for (Object cancelled : List.of(deferred, future, promise)) {
            assertThat(settle(cancelled)).isInstanceOf(CancellationException.class);
        }
    }

    static Stream<Function<CountDownLatch, Object>> endless() {
        return Stream.of(
                cancelled -> Flowable.never().doOnCancel(cancelled::countDown),
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
        RetentionReport report = small(RetentionExperiment.of(() ->
                        Flowable.generate(emitter -> emitter.onNext("more")).doOnCancel(cancelled::countDown)))
                .timeout("100 ms")
                .run();

        assertThat(report.reason()).startsWith("attempt 1 was still running after 100 ms");
        assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Uni<?> uni(InvocationHandler handler) {
        return (Uni<?>)
                Proxy.newProxyInstance(AsyncTypeTests.class.getClassLoader(), new Class<?>[] {Uni.class}, handler);
    }

    @Test
    void typeWhoseConversionReturnsNull_isRefused() {
        Uni<?> stub = uni((proxy, method, arguments) -> null);

        assertThatThrownBy(() -> settle(stub))
                .isExactlyInstanceOf(UnobservableException.class)
                .hasMessage("cannot observe a " + stub.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion returned null. Is it a stub or mock? Let it"
                        + " behave as the real one, or turn the outcome into a CompletionStage in the task.");
    }

    @Test
    void typeWhoseConversionThrows_isRefused() {
        Uni<?> hostile = uni((proxy, method, arguments) -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> settle(hostile))
                .isExactlyInstanceOf(UnobservableException.class)
                .hasMessage("cannot observe a " + hostile.getClass().getName()
                        + ": it is a io.smallrye.mutiny.Uni whose conversion threw java.lang.IllegalStateException: no."
                        + " Repair the type, or turn the outcome into a CompletionStage in the task.");
    }
}
