package io.github.retainless.internal.track;

import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.internal.heap.HeapLayout;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches one object, and knows the attempt it comes from. The reader of a heap dump finds the fields {@code watch},
 * {@code attempt} and {@code part} by their names, which {@code DumpProtocol} in {@code internal.dump} states.
 */
final class TrackedReference extends WeakReference<Object> {
    /** The attempt of what several attempts had to do with, or none: nobody counts it. */
    static final int OF_NO_ATTEMPT = 0;

    private static final RetainedPart[] PARTS = RetainedPart.values();

    /** Of its own and of what every Reference has; four more are numbers. */
    private static final int REFERENCES = 2 + 4;

    /** The number of the watch it belongs to. */
    final int watch;

    final int hash;

    /** The ordinal of the part: the reader of a dump finds a number here, but would have to search for a constant. */
    private int part;

    String field;
    int attempt;

    @Nullable
    TrackedReference next;

    TrackedReference(Object watched, int watch, int hash, RetainedPart part, String field, int attempt) {
        super(watched);
        this.watch = watch;
        this.hash = hash;
        this.part = part.ordinal();
        this.field = field;
        this.attempt = attempt;
    }

    /** What each takes in the heap. */
    static long bytes(HeapLayout layout) {
        return layout.instance(REFERENCES * layout.referenceBytes() + 4L * Integer.BYTES);
    }

    RetainedPart part() {
        return PARTS[part];
    }

    void part(RetainedPart part) {
        this.part = part.ordinal();
    }

    boolean isRetained() {
        // Not get(): that would keep the object alive on a concurrent collector.
        return attempt != OF_NO_ATTEMPT && !refersTo(null);
    }
}
