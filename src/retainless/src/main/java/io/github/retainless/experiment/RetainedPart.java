package io.github.retainless.experiment;

/**
 * What of a failed attempt is left.
 *
 * @since 0.1.0
 */
public enum RetainedPart {
    /** The exception that the attempt failed with. */
    FAILURE,
    /** A suppressed exception of it, or a cause of such a one, but not the exception itself. */
    SUPPRESSED,
    /** A cause of it, but not the exception itself. */
    CAUSE,
    /** What the exception carried in a field of its own, but no exception. */
    CARRIED,
    /** An object that the task tracked and that is no exception. */
    TRACKED
}
