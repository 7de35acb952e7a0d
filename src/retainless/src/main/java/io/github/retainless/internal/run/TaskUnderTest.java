package io.github.retainless.internal.run;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.capture.Selection;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is made on.
 *
 * @param name what messages call it
 * @param given the task as the user gave it
 * @param task one attempt of it; what it returns is its outcome
 * @param takesAttempt whether the task is given its attempt, and so may report to it later
 * @param executor what runs the task, or null for threads of ours
 * @param selection which failures are seen where they are made, or null for none
 */
public record TaskUnderTest(
        String name,
        Object given,
        Body task,
        boolean takesAttempt,
        @Nullable Executor executor,
        @Nullable Selection selection) {
    @FunctionalInterface
    public interface Body {
        @Nullable
        Object run(Attempt attempt) throws Throwable;
    }

    /** Whether failures are seen that nobody hands over. */
    boolean seesFailuresMade() {
        return selection != null;
    }
}
