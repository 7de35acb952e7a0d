package io.github.retainless.experiment;

/**
 * What it is that grows.
 *
 * @since 0.1.0
 */
public enum Growth {
    /** Nothing. */
    NONE,
    /** The number of failures that stay reachable. */
    COUNT,
    /** The memory behind failures whose number stays the same. */
    BYTES,
    /** The heap, though nothing that is watched does. */
    HEAP
}
