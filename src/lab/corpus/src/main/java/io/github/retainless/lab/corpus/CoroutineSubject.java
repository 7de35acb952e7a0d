package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import java.util.concurrent.CompletableFuture;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.TimeoutKt;

/** Coroutines that give up waiting for a value they share, which may go on knowing them. */
enum CoroutineSubject implements CorpusSubject {
    TIMED_OUT_AWAIT_1_0_1("1.0.1", GROWING, "kotlinx-coroutines-core-1.0.1.jar"),
    TIMED_OUT_AWAIT_1_10_2("1.10.2", RELEASED);

    private final Entry entry;

    CoroutineSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("kotlinx.coroutines", version, CompletableDeferred.class, jars);
        entry = Entry.of(library, "withTimeout around the await of a value that never comes", right)
                .issue("Kotlin/kotlinx.coroutines#893")
                .fixedIn("by 1.10.2");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        CompletableDeferred<String> rate = CompletableDeferredKt.CompletableDeferred(null);
        return RetentionExperiment.of(() -> {
            Waiter waiter = new Waiter(new CompletableFuture<>());
            TimeoutKt.withTimeout(1, (coroutine, inner) -> rate.await(inner), waiter);
            return waiter.outcome;
        });
    }

    /** What calls a coroutine from Java. */
    private record Waiter(CompletableFuture<Object> outcome) implements Continuation<Object> {
        @Override
        public CoroutineContext getContext() {
            return EmptyCoroutineContext.INSTANCE;
        }

        @Override
        public void resumeWith(Object result) {
            try {
                ResultKt.throwOnFailure(result);
                outcome.complete(result);
            } catch (Throwable failure) {
                outcome.completeExceptionally(failure);
            }
        }
    }
}
