package io.github.retainless.internal.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AsyncOutcomeTests {
    private final Exception failure = new Exception("failure");
    private final List<@Nullable Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);

    private void observe(Object outcome) {
        assertThat(AsyncOutcome.of(outcome, "Hand over another."))
                .isInstanceOfSatisfying(AsyncOutcome.Callback.class, callback -> callback.subscription()
                        .accept(new Observation(over::get, result -> {
                            seen.add(result);
                            done.countDown();
                        })));
    }

    private static @Nullable Throwable await(Object outcome) throws InterruptedException {
        return ((AsyncOutcome.Blocking) AsyncOutcome.of(outcome, "Hand over another.")).await();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stage_callsBackWithItsFailure(boolean early) {
        for (Function<CompletableFuture<String>, CompletionStage<?>> view :
                List.<Function<CompletableFuture<String>, CompletionStage<?>>>of(
                        future -> future,
                        CompletableFuture::minimalCompletionStage,
                        future -> future.thenApply(String::length),
                        future -> future.minimalCompletionStage().thenApply(String::length))) {
            seen.clear();
            CompletableFuture<String> future = new CompletableFuture<>();
            if (early) {
                future.completeExceptionally(failure);
            }
            observe(view.apply(future));
            future.completeExceptionally(failure);

            assertThat(seen).containsExactly(failure);
        }
    }

    @Test
    void stage_callsBackOnSuccess() {
        observe(CompletableFuture.completedFuture("value"));
        observe(CompletableFuture.completedStage("value"));

        assertThat(seen).containsExactly(null, null);
    }

    @Test
    void cancelledStage_callsBack() {
        CompletableFuture<String> future = new CompletableFuture<>();
        observe(future);
        observe(future.thenApply(String::length));
        future.cancel(true);

        assertThat(seen).hasSize(2).allSatisfy(cancelled -> assertThat(cancelled)
                .isInstanceOf(CancellationException.class));
    }

    @Test
    void futureTask_isWaitedFor() throws InterruptedException {
        FutureTask<String> failing = new FutureTask<>(() -> {
            throw failure;
        });
        FutureTask<String> succeeding = new FutureTask<>(() -> "value");
        FutureTask<String> cancelled = new FutureTask<>(() -> "value");
        failing.run();
        succeeding.run();
        cancelled.cancel(false);

        assertThat(await(failing)).isSameAs(failure);
        assertThat(await(succeeding)).isNull();
        assertThat(await(cancelled)).isInstanceOf(CancellationException.class);
    }

    @Test
    void publisher_callsBackWithItsFailure_afterItsItems() throws InterruptedException {
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>()) {
            observe(publisher);
            publisher.submit("one");
            publisher.submit("two");
            publisher.closeExceptionally(failure);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).containsExactly(failure);
    }

    @Test
    void publisher_callsBackOnCompletion() throws InterruptedException {
        SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
        observe(publisher);
        publisher.submit("one");
        publisher.close();

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly((Throwable) null);
    }

    @Test
    void publisher_thatFailsAtOnce_callsBack() throws InterruptedException {
        try (SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 1)) {
            publisher.closeExceptionally(failure);
            observe(publisher);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(seen).containsExactly(failure);
    }

    @Test
    void type_isTheClass() {
        assertThat(AsyncOutcome.of(new CompletableFuture<>(), "").type())
                .isEqualTo("java.util.concurrent.CompletableFuture");
        assertThat(AsyncOutcome.of(new FutureTask<>(() -> "value"), "").type())
                .isEqualTo("java.util.concurrent.FutureTask");
    }

    /** Subscribes whoever asks, and keeps the subscribers. */
    private static final class Source implements Flow.Publisher<String> {
        final List<Flow.Subscriber<? super String>> subscribers = new ArrayList<>();

        @Override
        public void subscribe(Flow.Subscriber<? super String> subscriber) {
            subscribers.add(subscriber);
        }

        /** Makes the subscriber's acquaintance, and returns whether it has cancelled since. */
        AtomicBoolean begin() {
            AtomicBoolean cancelled = new AtomicBoolean();
            subscribers.get(0).onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {
                    cancelled.set(true);
                }
            });
            return cancelled;
        }
    }

    @Test
    void publisher_isCancelled_whenItGoesOnThoughAllIsOver() {
        Source source = new Source();
        observe(source);
        AtomicBoolean cancelled = source.begin();

        source.subscribers.get(0).onNext("one");
        assertThat(cancelled).isFalse();
        over.set(true);
        source.subscribers.get(0).onNext("two");
        assertThat(cancelled).isTrue();
    }

    @Test
    void publisher_isCancelled_whenItBeginsAfterAllIsOver() {
        Source source = new Source();
        observe(source);
        over.set(true);

        assertThat(source.begin()).isTrue();
    }

    @Test
    void publisher_thatBeginsTwice_isCancelledTheSecondTime() {
        Source source = new Source();
        observe(source);

        assertThat(source.begin()).isFalse();
        assertThat(source.begin()).isTrue();
    }

    @Test
    void publisher_thatEndsTwice_countsOnce() {
        Source source = new Source();
        observe(source);
        source.begin();
        source.subscribers.get(0).onError(failure);
        source.subscribers.get(0).onComplete();

        assertThat(seen).containsExactly(failure);
    }

    @Test
    void settledObservation_cancelsNothing() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Observation observation = new Observation(over::get, seen::add);
        observation.cancelWith(() -> cancelled.set(true));
        observation.settle(failure);
        observation.cancel();

        assertThat(cancelled).isFalse();
        assertThat(seen).containsExactly(failure);
    }

    @Test
    void cancellation_thatThrows_isIgnored() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Observation observation = new Observation(over::get, seen::add);
        observation.cancelWith(() -> {
            cancelled.set(true);
            throw new IllegalStateException("refused");
        });
        observation.cancel();

        assertThat(cancelled).isTrue();
    }

    @Test
    void outcomesInsideAnother_areRefused_andAskedForOneByOne() {
        CompletableFuture<String> inside = CompletableFuture.failedFuture(failure);
        for (Object outcome : new Object[] {
            List.of(inside), Optional.of(inside), Stream.of(inside), new CompletableFuture<?>[] {inside}
        }) {
            assertThatThrownBy(() -> AsyncOutcome.of(outcome, "Hand over another."))
                    .isInstanceOfSatisfying(UnobservableException.class, refused -> assertThat(refused.remedy())
                            .startsWith("Hand over another. What is in it is not looked at: hand over each outcome by"
                                    + " itself, with Attempt.observe(..). For any other async type implement "));
        }
    }

    @Test
    void anythingElse_isRefused() {
        assertThatThrownBy(() -> AsyncOutcome.of("text", "Hand over another."))
                .isExactlyInstanceOf(UnobservableException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cannot observe a java.lang.String: hand over a CompletionStage, a Future, a Publisher (Flow or"
                                + " Reactive Streams), an RxJava 3 Single, Maybe, Completable or Observable, a Mutiny Uni, a Kotlin"
                                + " Deferred or Job, or a Vert.x Future. Hand over another. For any other async type implement"
                                + " io.github.retainless.experiment.AsyncAdapter and name the class in"
                                + " META-INF/services/io.github.retainless.experiment.AsyncAdapter.");
    }
}
