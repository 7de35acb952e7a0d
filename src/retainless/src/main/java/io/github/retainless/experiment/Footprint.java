package io.github.retainless.experiment;

/**
 * The memory that is reachable from the retained failures only.
 *
 * @param bytes the shallow sizes of those objects added up, each object once, headers and padding included
 * @param objects how many objects that is
 * @param truncated whether the figures are not the whole, because the walk was cut or fields were hidden from it
 * @since 0.1.0
 */
public record Footprint(long bytes, long objects, boolean truncated) {
    /** Nothing. */
    public static final Footprint NONE = new Footprint(0, 0, false);
}
