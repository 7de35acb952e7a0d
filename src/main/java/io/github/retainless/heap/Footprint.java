package io.github.retainless.heap;

/**
 * The memory that is reachable from survivors only.
 *
 * @param bytes the shallow sizes of those objects added up, each object once, headers and padding included
 * @param objects how many objects that is
 * @param truncated whether the walk was cut (see {@link FootprintMeter}), so that the true figures are at least these
 */
public record Footprint(long bytes, long objects, boolean truncated) {
    /** Nothing. */
    public static final Footprint NONE = new Footprint(0, 0, false);
}
