package io.github.retainless.internal.heap;

/**
 * What to do when the heap is full: the one place of these sentences. Both are constants, because no memory is left to
 * join them.
 */
public final class FullHeap {
    /** When the attempts fill the heap. */
    public static final String REMEDY = "Raise -Xmx, or make the payloads smaller.";

    /** When there was a verdict, and only its explanation needed more room. Without the full stop. */
    public static final String REMEDY_FOR_EXPLANATION = "Raise -Xmx of the tests' JVM";

    private FullHeap() {}
}
