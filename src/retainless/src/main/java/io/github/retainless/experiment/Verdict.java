package io.github.retainless.experiment;

/**
 * What an experiment found out about the exceptions of failing tasks.
 *
 * @since 0.1.0
 */
public enum Verdict {
    /** Nothing is left once a failure has been dealt with. */
    RELEASED,
    /** Something is left, but it stops growing: older failures make room, or no new ones are taken in. */
    BOUNDED,
    /** Failures of every age stay and new ones are added, or what stays gets heavier, as far as the budget went. */
    GROWING,
    /** The experiment could not find out; its report says why and what to do. */
    UNDECIDED
}
