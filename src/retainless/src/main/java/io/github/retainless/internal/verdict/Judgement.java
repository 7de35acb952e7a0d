package io.github.retainless.internal.verdict;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a history of censuses says: a verdict, or that more failures are needed for one.
 *
 * @param verdict the verdict, or null while more failures are needed
 * @param growth what grows; {@link Growth#NONE} unless the verdict is {@link Verdict#GROWING}
 * @param more how many more failures to run before the next census; 0 with a verdict
 */
public record Judgement(@Nullable Verdict verdict, Growth growth, long more) {
    /** A verdict. */
    public static Judgement is(Verdict verdict) {
        return new Judgement(verdict, Growth.NONE, 0);
    }

    public static Judgement growing(Growth growth) {
        return new Judgement(Verdict.GROWING, growth, 0);
    }

    /** No verdict before so many more failures have been run. */
    public static Judgement needs(long failures) {
        return new Judgement(null, Growth.NONE, failures);
    }
}
