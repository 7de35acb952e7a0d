package io.github.retainless.internal.outcome;

import io.github.retainless.experiment.AsyncAdapter;
import io.github.retainless.internal.runtime.Unwrapping;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the outcome of something asynchronous is seen, without holding it afterwards. */
public sealed interface AsyncOutcome {
    /** The name of the outcome's type, for messages. */
    String type();

    /** An outcome that calls back, and so settles the observation it is given. */
    record Callback(String type, Consumer<Observation> subscription) implements AsyncOutcome {}

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
            } catch (RuntimeException | Error failure) {
                // The constructor of ExecutionException asks the failure for its text, which may throw.
                return failure;
            }
        }
    }

    /**
     * Adapts what a task handed over. Adapters of the user's come first, then what the JDK knows, then the libraries.
     *
     * @param remedy what to do if its type is unknown, in whole sentences
     * @throws UnobservableException if its type is unknown, or its adapter does not do what it should
     */
    static AsyncOutcome of(Object outcome, String remedy) {
        String type = outcome.getClass().getName();
        CompletionStage<?> stage = RegisteredAdapters.adapt(outcome);
        return stage == null ? of(outcome, type, remedy) : new Callback(type, done -> observeAdapted(stage, done));
    }

    private static AsyncOutcome of(Object outcome, String type, String remedy) {
        AsyncOutcome known = ofJdk(outcome, type);
        if (known != null) {
            return known;
        }
        LibraryType library = LibraryType.of(outcome);
        if (library != null) {
            return of(library.convert(outcome, type), type, remedy);
        }
        throw new UnobservableException(
                "cannot observe a " + type + ": hand over a CompletionStage, a Future, a Publisher (Flow or Reactive"
                        + " Streams), an RxJava 3 Single, Maybe, Completable or Observable, a Mutiny Uni, a Kotlin"
                        + " Deferred or Job, or a Vert.x Future",
                remedy
                        + (mayHoldOutcomes(outcome)
                                ? " What is in it is not looked at: hand over each outcome by itself, with"
                                        + " Attempt.observe(..)."
                                : "")
                        + " For any other async type implement " + AsyncAdapter.class.getName()
                        + " and name the class in " + RegisteredAdapters.FILE + ".");
    }

    /** As {@code invokeAll} returns it. */
    private static boolean mayHoldOutcomes(Object outcome) {
        return outcome instanceof Collection<?>
                || outcome instanceof Object[]
                || outcome instanceof Optional<?>
                || outcome instanceof Stream<?>;
    }

    private static @Nullable AsyncOutcome ofJdk(Object outcome, String type) {
        if (outcome instanceof CompletionStage<?> stage) {
            return new Callback(type, observation -> observe(stage, observation));
        }
        if (outcome instanceof Future<?> future) {
            return new Blocking(type, future);
        }
        if (outcome instanceof Flow.Publisher<?> publisher) {
            return new Callback(type, observation -> publisher.subscribe(new Draining(observation)));
        }
        return null;
    }

    /** The stage is there for us only, unlike one that a task hands over. */
    private static void observeAdapted(CompletionStage<?> stage, Observation observation) {
        if (stage instanceof CompletableFuture<?> future) {
            observation.cancelWith(() -> future.cancel(false));
        }
        observe(stage, observation);
    }

    private static void observe(CompletionStage<?> stage, Observation observation) {
        // Not whenComplete: it wraps the failure anew, and asks it for its text, on the thread that completes the
        // stage.
        stage.handle((value, failure) -> {
            observation.settle(failure == null ? null : Unwrapping.unwrap(failure));
            return null;
        });
    }
}
