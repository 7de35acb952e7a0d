package io.github.retainless.experiment;

import java.util.concurrent.CompletionStage;

/**
 * Makes one more async type known to {@link io.github.retainless.experiment.Attempt#observe Attempt.observe}, beside
 * those it takes anyway. Adapters are asked before these, so an adapter may also replace how one of them is observed.
 *
 * <pre>{@code
 * public final class PromiseAdapter implements AsyncAdapter {
 *     public boolean adapts(Object outcome) {
 *         return outcome instanceof Promise<?>;
 *     }
 *
 *     public CompletionStage<?> toCompletionStage(Object outcome) {
 *         CompletableFuture<Object> stage = new CompletableFuture<>();
 *         ((Promise<?>) outcome).onResult(stage::complete).onError(stage::completeExceptionally);
 *         return stage;
 *     }
 * }
 * }</pre>
 *
 * <p>An adapter is a public class with a public constructor without parameters, whose name stands on a line of its own
 * in the file {@code META-INF/services/io.github.retainless.experiment.AsyncAdapter} on the test class path. Adapters
 * are found by {@link java.util.ServiceLoader} with the context class loader of the thread that hands over the outcome,
 * then with the class loader of this interface; once for each class loader.
 *
 * <p>Adapters are asked from any thread, by several at a time. They keep neither the outcome nor the stage: what an
 * adapter keeps is found to be retained. If one throws or returns null, or cannot be loaded, the experiment ends
 * undecided and says so.
 *
 * @since 0.1.0
 */
public interface AsyncAdapter {
    /**
     * Whether this adapter is for such an outcome. Asked for each outcome that is handed over, whatever its type.
     *
     * @param outcome what a task handed over
     */
    boolean adapts(Object outcome);

    /**
     * The same outcome as a stage that completes when the outcome is settled: normally if it succeeded, exceptionally,
     * with the very instance, if it failed or was cancelled.
     *
     * @param outcome what a task handed over, and this adapter {@linkplain #adapts adapts}
     * @return not null; a {@link java.util.concurrent.CompletableFuture} is cancelled if the experiment ends before it
     *     is complete, so that whoever has subscribed for it can unsubscribe
     */
    CompletionStage<?> toCompletionStage(Object outcome);
}
