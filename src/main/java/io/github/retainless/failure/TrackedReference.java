package io.github.retainless.failure;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Watches one object; knows the attempt it comes from, and with it its cohort. A heap dump is read for its fields. */
final class TrackedReference extends WeakReference<Object> {
    /** The number of the watch it belongs to. */
    final int watch;

    final int hash;
    int attempt;

    @Nullable
    TrackedReference next;

    TrackedReference(Object watched, int watch, int hash, int attempt) {
        super(watched);
        this.watch = watch;
        this.hash = hash;
        this.attempt = attempt;
    }

    boolean isCleared() {
        // Not get(): that would keep the object alive on a concurrent collector.
        return refersTo(null);
    }
}
