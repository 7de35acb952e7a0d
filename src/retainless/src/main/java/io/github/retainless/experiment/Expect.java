package io.github.retainless.experiment;

/**
 * How an attempt of a task is expected to end.
 *
 * @since 0.1.0
 */
public enum Expect {
    /** Each attempt fails; what it throws must be let go. */
    FAILURE,
    /** Each attempt succeeds: it is a success task. What it tracks, a large result say, must be let go. */
    SUCCESS
}
