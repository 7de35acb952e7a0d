package io.github.retainless.experiment;

/**
 * How retained failures are held, the strongest way first.
 *
 * @since 0.1.0
 */
public enum Reachability {
    /** By references of the program, from a GC root on. */
    STRONG,
    /**
     * Strongly, but only through an exception of another attempt, as its cause or one of its suppressed exceptions,
     * say.
     */
    THROUGH_ANOTHER,
    /** Only through soft references, which the JVM clears when it runs out of memory. */
    SOFT,
    /** Only by the queue of objects that wait for their finalizer. */
    FINALIZER,
    /** By nothing that a heap dump shows: the JVM itself may keep a thread's last exception for a while. */
    NONE
}
