package io.github.retainless.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class AsyncOutcomeTests {
    private final Exception failure = new Exception("failure");
    private final List<@Nullable Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch done = new CountDownLatch(1);

    private void observe(Object outcome) {
        assertThat(AsyncOutcome.of(outcome))
                .isInstanceOfSatisfying(AsyncOutcome.Callback.class, callback -> callback.subscription()
                        .accept(result -> {
                            seen.add(result);
                            done.countDown();
                        }));
    }

    private static @Nullable Throwable await(Object outcome) throws InterruptedException {
        return ((AsyncOutcome.Blocking) AsyncOutcome.of(outcome)).await();
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
        assertThat(AsyncOutcome.of(new CompletableFuture<>()).type())
                .isEqualTo("java.util.concurrent.CompletableFuture");
        assertThat(AsyncOutcome.of(new FutureTask<>(() -> "value")).type())
                .isEqualTo("java.util.concurrent.FutureTask");
    }

    @Test
    void anythingElse_isRefused() {
        assertThatThrownBy(() -> AsyncOutcome.of("text"))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "cannot observe a java.lang.String: hand over a CompletionStage, a Future or a Flow.Publisher");
    }
}
