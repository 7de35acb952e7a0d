package io.github.retainless.internal.outcome;

/** A type that {@code Attempt.observe} takes, as it fails, succeeds, and never settles. */
public interface AsyncSample {
    Object failing(Exception failure);

    Object succeeding();

    Object pending();
}
