package io.github.retainless.watch;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Objects that nobody holds, which tell that a collection has happened and how far it went. It needs no management
 * beans, and works with every collector.
 *
 * <p>A young sentinel is gone after the next collection of any kind; that says nothing about failures which had been
 * held for a while when they were let go, and wait in the old generation. So other sentinels are held until they are in
 * the old generation too, and only then let go: when such an old one is gone, a collection that began after its release
 * has looked through the whole heap.
 */
final class Sentinels {
    /** An object that has survived this many collections has been tenured. */
    private final int tenured;

    private final ReferenceQueue<Object> queue;

    /** One for each collection, so that a next one is old enough whenever one has gone. */
    private final Deque<Object> held = new ArrayDeque<>();

    private WeakReference<Object> young;
    private @Nullable WeakReference<Object> old;
    private long collections;
    private long released;
    private long proven;

    /** Makes the first ones; each is put on the queue when it is gone. */
    Sentinels(int tenured, ReferenceQueue<Object> queue) {
        this.tenured = tenured;
        this.queue = queue;
        this.young = fresh();
    }

    private WeakReference<Object> fresh() {
        return new WeakReference<>(new Object(), queue);
    }

    /** Looks which ones are gone. */
    void look() {
        if (young.refersTo(null)) {
            collections++;
            if (held.size() <= tenured) {
                held.add(new Object());
            }
            young = fresh();
        }
        if (old != null && old.refersTo(null)) {
            old = null;
            proven = released;
        }
    }

    /** Whether an old sentinel can be released: one is held, and the one before is gone. */
    boolean canRelease() {
        return old == null && held.size() > tenured;
    }

    /** The number of the release to come; the first is 1. */
    long nextRelease() {
        return released + 1;
    }

    void release() {
        released++;
        old = new WeakReference<>(held.remove(), queue);
    }

    /** How many collections of any kind have been noticed. */
    long collections() {
        return collections;
    }

    /** How many releases have been followed by a collection of the whole heap. */
    long proven() {
        return proven;
    }
}
