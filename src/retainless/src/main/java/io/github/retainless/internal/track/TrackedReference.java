package io.github.retainless.internal.track;

import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.internal.heap.HeapLayout;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Watches one object; knows the attempt it comes from, and with it its cohort. A heap dump is read for its fields. */
final class TrackedReference extends WeakReference<Object> {
    /** The attempt of what several attempts had to do with, or none: nobody counts it. */
    static final int OF_NO_ATTEMPT = 0;

    /** Of its own and of what every Reference has; three more are numbers. */
    private static final int REFERENCES = 3 + 4;

    /** The number of the watch it belongs to. */
    final int watch;

    final int hash;
    RetainedPart part;
    String field;
    int attempt;

    @Nullable
    TrackedReference next;

    TrackedReference(Object watched, int watch, int hash, RetainedPart part, String field, int attempt) {
        super(watched);
        this.watch = watch;
        this.hash = hash;
        this.part = part;
        this.field = field;
        this.attempt = attempt;
    }

    /** What each takes in the heap. */
    static long bytes(HeapLayout layout) {
        return layout.instance(REFERENCES * layout.referenceBytes() + 3L * Integer.BYTES);
    }

    boolean isRetained() {
        // Not get(): that would keep the object alive on a concurrent collector.
        return attempt != OF_NO_ATTEMPT && !refersTo(null);
    }
}
