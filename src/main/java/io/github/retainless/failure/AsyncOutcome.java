package io.github.retainless.failure;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How the outcome of something asynchronous is seen, without holding it afterwards. */
public sealed interface AsyncOutcome {
    /** The name of the outcome's type, for messages. */
    String type();

    /** An outcome that calls back. The callback gets the failure, or null for success, at most once. */
    record Callback(String type, Consumer<Consumer<@Nullable Throwable>> subscription) implements AsyncOutcome {}

    /** An outcome that can only be waited for. */
    record Blocking(String type, Future<?> future) implements AsyncOutcome {
        /** Waits, and returns the failure, or null for success. */
        public @Nullable Throwable await() throws InterruptedException {
            try {
                future.get();
                return null;
            } catch (ExecutionException failed) {
                return Unwrapping.unwrap(failed);
            } catch (CancellationException cancelled) {
                return cancelled;
            } catch (RuntimeException | Error insteadOfAnOutcome) {
                // The constructor of ExecutionException asks the failure for its text, which may throw.
                return insteadOfAnOutcome;
            }
        }
    }

    /**
     * Adapts what a task handed over.
     *
     * @throws IllegalArgumentException if its type is none that can be observed
     */
    static AsyncOutcome of(Object outcome) {
        String type = outcome.getClass().getName();
        if (outcome instanceof CompletionStage<?> stage) {
            return new Callback(type, done -> observe(stage, done));
        }
        if (outcome instanceof Future<?> future) {
            return new Blocking(type, future);
        }
        if (outcome instanceof Flow.Publisher<?> publisher) {
            return new Callback(type, done -> observe(publisher, done));
        }
        throw new IllegalArgumentException(
                "cannot observe a " + type + ": hand over a CompletionStage, a Future or a Flow.Publisher");
    }

    private static void observe(CompletionStage<?> stage, Consumer<@Nullable Throwable> done) {
        // Not whenComplete: it wraps the failure anew, and asks it for its text, on the thread that completes the
        // stage.
        stage.handle((value, failure) -> {
            done.accept(failure == null ? null : Unwrapping.unwrap(failure));
            return null;
        });
    }

    private static <T> void observe(Flow.Publisher<T> publisher, Consumer<@Nullable Throwable> done) {
        publisher.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(T item) {}

            @Override
            public void onError(Throwable failure) {
                done.accept(Unwrapping.unwrap(failure));
            }

            @Override
            public void onComplete() {
                done.accept(null);
            }
        });
    }
}
