package io.github.retainless.experiment;

/**
 * What becomes of failures that only {@linkplain java.lang.ref.SoftReference soft references} hold, as some caches do.
 * The JVM frees them before it runs out of memory, but they fill the heap until then.
 *
 * @since 0.1.0
 */
public enum SoftReferences {
    /** They are shown, but are neither growth nor held against {@code maxRetained} and {@code maxFootprint}. */
    REPORT,
    /** They count as any others. */
    COUNT
}
