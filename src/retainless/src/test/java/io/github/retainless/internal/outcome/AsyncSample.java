package io.github.retainless.internal.outcome;

import java.util.function.Function;
import java.util.function.Supplier;

/** A type that {@code Attempt.observe} takes, as it fails, succeeds, and never settles. */
public interface AsyncSample {
    /** What makes the outcomes. */
    record Outcomes(Function<Exception, Object> failing, Supplier<Object> succeeding, Supplier<Object> pending) {}

    Outcomes outcomes();

    default Object failing(Exception failure) {
        return outcomes().failing().apply(failure);
    }

    default Object succeeding() {
        return outcomes().succeeding().get();
    }

    default Object pending() {
        return outcomes().pending().get();
    }
}
