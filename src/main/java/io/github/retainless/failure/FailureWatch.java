package io.github.retainless.failure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Watches what must not outlive its attempt, by weak references in a table keyed by identity. Neither {@code equals}
 * nor {@code hashCode} of what is watched is ever called. What is watched twice counts once, for its first attempt.
 */
public final class FailureWatch {
    /** More causes and suppressed exceptions of one failure than these are not looked at; a chain can be endless. */
    private static final int MOST_PER_FAILURE = 1 << 14;

    /** One exception that gathers thousands of others is thrown again and again: look at the newest of them only. */
    private static final int MOST_KNOWN_PER_FAILURE = 256;

    private static final AtomicInteger WATCHES = new AtomicInteger();

    private final int number = WATCHES.incrementAndGet();
    private @Nullable TrackedReference[] table = new @Nullable TrackedReference[64];
    private int entries;
    private int warmup = Integer.MAX_VALUE;

    /** Tells this watch from the others of the JVM, in a heap dump say. */
    public int number() {
        return number;
    }

    /** Ends the warm-up: what attempts up to this one left behind is not counted unless it is watched again. */
    public synchronized void endWarmup(int lastAttempt) {
        warmup = lastAttempt;
    }

    /** Watches a throwable, its causes and its suppressed exceptions, theirs too, as left behind by an attempt. */
    public void watchFailure(Throwable failure, int attempt) {
        Deque<Throwable> pending = new ArrayDeque<>();
        pending.add(failure);
        int seen = 0;
        int known = 0;
        while (!pending.isEmpty() && seen++ < MOST_PER_FAILURE) {
            Throwable next = pending.remove();
            boolean isNew = watch(next, attempt);
            // Also what is known may have gathered something new, and a cycle ends here.
            if (!isNew && ++known > MOST_KNOWN_PER_FAILURE) {
                continue;
            }
            Throwable cause = Unwrapping.causeOf(next);
            if (cause != null && cause != next) {
                pending.add(cause);
            }
            Throwable[] suppressed = next.getSuppressed();
            for (int i = suppressed.length - 1; i >= 0; i--) {
                pending.add(suppressed[i]);
            }
        }
    }

    /**
     * Watches any object as left behind by an attempt.
     *
     * @return whether it was not watched before
     */
    public synchronized boolean watch(Object object, int attempt) {
        int hash = System.identityHashCode(object);
        int slot = hash & (table.length - 1);
        for (TrackedReference reference = table[slot]; reference != null; reference = reference.next) {
            if (reference.hash == hash && reference.refersTo(object)) {
                if (reference.attempt <= warmup && attempt > warmup) {
                    reference.attempt = attempt;
                }
                return false;
            }
        }
        if (entries >= table.length) {
            makeRoom();
            slot = hash & (table.length - 1);
        }
        TrackedReference added = new TrackedReference(object, number, hash, attempt);
        added.next = table[slot];
        table[slot] = added;
        entries++;
        return true;
    }

    /** Counts what is still reachable, warm-up included. */
    public synchronized long survivors() {
        long count = 0;
        for (TrackedReference head : table) {
            for (TrackedReference reference = head; reference != null; reference = reference.next) {
                if (!reference.isCleared()) {
                    count++;
                }
            }
        }
        return count;
    }

    /** The attempts after the warm-up of which anything is still reachable. */
    public synchronized BitSet survivingAttempts() {
        BitSet attempts = new BitSet();
        for (TrackedReference head : table) {
            for (TrackedReference reference = head; reference != null; reference = reference.next) {
                if (reference.attempt > warmup && !reference.isCleared()) {
                    attempts.set(reference.attempt);
                }
            }
        }
        return attempts;
    }

    /** What of the attempts after the warm-up is still reachable. Holding the result keeps it so. */
    public synchronized Object[] survivingObjects() {
        List<Object> objects = new ArrayList<>();
        for (TrackedReference head : table) {
            for (TrackedReference reference = head; reference != null; reference = reference.next) {
                Object object = reference.attempt > warmup ? reference.get() : null;
                if (object != null) {
                    objects.add(object);
                }
            }
        }
        return objects.toArray();
    }

    /** How many entries there is room for. */
    synchronized int room() {
        return table.length;
    }

    /** Drops what has been collected; if that is little, doubles the table. */
    private void makeRoom() {
        @Nullable TrackedReference[] old = table;
        int alive = 0;
        for (TrackedReference head : old) {
            for (TrackedReference reference = head; reference != null; reference = reference.next) {
                alive += reference.isCleared() ? 0 : 1;
            }
        }
        table = new @Nullable TrackedReference[alive > old.length / 2 ? old.length * 2 : old.length];
        entries = 0;
        for (TrackedReference head : old) {
            TrackedReference following;
            for (TrackedReference reference = head; reference != null; reference = following) {
                following = reference.next;
                if (!reference.isCleared()) {
                    int slot = reference.hash & (table.length - 1);
                    reference.next = table[slot];
                    table[slot] = reference;
                    entries++;
                }
            }
        }
    }
}
