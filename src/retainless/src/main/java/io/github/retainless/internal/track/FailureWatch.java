package io.github.retainless.internal.track;

import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.internal.heap.CarriedObjects;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.internal.runtime.Unwrapping;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Watches what must not outlive its attempt, by weak references in a table keyed by identity. Neither {@code equals}
 * nor {@code hashCode} of what is watched is ever called. What is watched twice counts once, for its first attempt; but
 * what exceptions of two attempts carry in their fields belongs to neither.
 */
public final class FailureWatch {
    /** More causes and suppressed exceptions of one failure than these are not looked at; a chain can be endless. */
    private static final int MOST_PER_FAILURE = 1 << 14;

    /** One exception that gathers thousands of others is thrown again and again: look at the newest of them only. */
    private static final int MOST_SUPPRESSED_KNOWN = 256;

    /** So many are watched from one look to the next whether there has been a collection. */
    private static final int LOOK_EVERY = 64;

    private static final AtomicInteger WATCHES = new AtomicInteger();

    private final CarriedObjects carried = new CarriedObjects();
    private final int number = WATCHES.incrementAndGet();
    private @Nullable TrackedReference[] table = new @Nullable TrackedReference[64];
    private int entries;
    private int entriesAfterCollection;

    /** What the next collection clears. */
    private WeakReference<Object> sinceCleaned = new WeakReference<>(new Object());

    private int warmup = Integer.MAX_VALUE;

    /** Tells this watch from the others of the JVM, in a heap dump say. */
    public int number() {
        return number;
    }

    /** Ends the warm-up: what attempts up to this one left behind is not counted unless it is watched again. */
    public synchronized void endWarmup(int lastAttempt) {
        warmup = lastAttempt;
    }

    /** What belongs to no attempt, such as the test instance, though exceptions may carry it. */
    public synchronized void exclude(Object object) {
        int hash = System.identityHashCode(object);
        if (find(object, hash) == null) {
            add(object, hash, RetainedPart.CARRIED, "", TrackedReference.OF_NO_ATTEMPT);
        }
    }

    /**
     * Watches a throwable, its causes and its suppressed exceptions, theirs too, and what they carry in fields of their
     * own, as left behind by an attempt.
     */
    public void watchFailure(Throwable failure, int attempt) {
        watchFailure(failure, attempt, false);
    }

    /** The same for a failure that may have been watched before its constructor had ended. */
    public void watchFailureAgain(Throwable failure, int attempt) {
        watchFailure(failure, attempt, true);
    }

    private void watchFailure(Throwable failure, int attempt, boolean isAgain) {
        Deque<Pending> pending = new ArrayDeque<>();
        pending.add(new Pending(failure, RetainedPart.FAILURE, false));
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        int known = 0;
        while (!pending.isEmpty() && seen.size() < MOST_PER_FAILURE) {
            Pending next = pending.remove();
            if (!seen.add(next.failure())) {
                continue;
            }
            boolean isNew = watch(next.failure(), next.part(), attempt);
            // Also what is known may have gathered something new, at the end of a long chain of causes say.
            if (!isNew && next.isSuppressed() && ++known > MOST_SUPPRESSED_KNOWN) {
                continue;
            }
            next.addCause(pending, Unwrapping.causeOf(next.failure()));
            Throwable[] suppressed = next.failure().getSuppressed();
            for (int i = suppressed.length - 1; i >= 0; i--) {
                next.addSuppressed(pending, suppressed[i]);
            }
            if (isNew || isAgain) {
                carried.of(next.failure(), (object, field) -> {
                    if (object instanceof Throwable target) {
                        next.addCause(pending, target);
                    } else {
                        watchCarried(object, field, attempt);
                    }
                });
            }
        }
    }

    /** A throwable to look at; what it is to the failure, and whether it hangs on another one as suppressed. */
    private record Pending(Throwable failure, RetainedPart part, boolean isSuppressed) {
        void addCause(Deque<Pending> pending, @Nullable Throwable cause) {
            if (cause != null) {
                pending.add(new Pending(cause, part == RetainedPart.FAILURE ? RetainedPart.CAUSE : part, false));
            }
        }

        void addSuppressed(Deque<Pending> pending, Throwable suppressed) {
            pending.add(new Pending(suppressed, part == RetainedPart.FAILURE ? RetainedPart.SUPPRESSED : part, true));
        }
    }

    /**
     * Watches any object as left behind by an attempt.
     *
     * @return whether it was not watched before
     */
    public boolean watch(Object object, int attempt) {
        return watch(object, RetainedPart.TRACKED, attempt);
    }

    private synchronized boolean watch(Object object, RetainedPart part, int attempt) {
        int hash = System.identityHashCode(object);
        TrackedReference known = find(object, hash);
        if (known == null) {
            add(object, hash, part, "", attempt);
            return true;
        }
        boolean wasOnlyCarried = known.part() == RetainedPart.CARRIED;
        if (wasOnlyCarried || (known.attempt <= warmup && attempt > warmup)) {
            known.attempt = attempt;
        }
        if (wasOnlyCarried || part.compareTo(known.part()) < 0) {
            known.part(part);
            known.field = "";
        }
        return wasOnlyCarried;
    }

    private synchronized void watchCarried(Object object, String field, int attempt) {
        int hash = System.identityHashCode(object);
        TrackedReference known = find(object, hash);
        if (known == null) {
            add(object, hash, RetainedPart.CARRIED, field, attempt);
        } else if (known.part() == RetainedPart.CARRIED && known.attempt != attempt) {
            // Exceptions share it, so it is not what one attempt leaves behind.
            known.attempt = TrackedReference.OF_NO_ATTEMPT;
        }
    }

    private @Nullable TrackedReference find(Object object, int hash) {
        TrackedReference reference = table[hash & (table.length - 1)];
        while (reference != null && !(reference.hash == hash && reference.refersTo(object))) {
            reference = reference.next;
        }
        return reference;
    }

    private void add(Object object, int hash, RetainedPart part, String field, int attempt) {
        if (entries >= table.length || entries % LOOK_EVERY == 0 && isWorthCleaning()) {
            makeRoom();
        }
        TrackedReference added = new TrackedReference(object, number, hash, part, field, attempt);
        int slot = hash & (table.length - 1);
        added.next = table[slot];
        table[slot] = added;
        entries++;
    }

    /** What these attempts still retain, the most frequent first. */
    public synchronized List<RetainedParts> retainedParts(BitSet attempts) {
        Map<Integer, TrackedReference> first = new HashMap<>();
        forEachRetained(
                attempts,
                reference -> first.merge(
                        reference.attempt,
                        reference,
                        (one, other) -> other.part().compareTo(one.part()) < 0 ? other : one));
        Map<List<Object>, Integer> counts = new HashMap<>();
        first.values().forEach(reference -> counts.merge(List.of(reference.part(), reference.field), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> new RetainedParts(
                        (RetainedPart) count.getKey().get(0),
                        (String) count.getKey().get(1),
                        count.getValue()))
                .sorted(Comparator.comparingInt(RetainedParts::attempts)
                        .reversed()
                        .thenComparing(RetainedParts::part)
                        .thenComparing(RetainedParts::field))
                .toList();
    }

    /** Counts what is still reachable, warm-up included. */
    public synchronized long retained() {
        long[] count = {0};
        forEach(reference -> count[0] += reference.isRetained() ? 1 : 0);
        return count[0];
    }

    /** The attempts after the warm-up of which anything is still reachable. */
    public synchronized BitSet retainedAttempts() {
        BitSet attempts = new BitSet();
        forEachRetained(reference -> attempts.set(reference.attempt));
        return attempts;
    }

    /** The attempts after the warm-up of which objects are still reachable, by the name of their class. */
    public synchronized Map<String, BitSet> retainedAttemptsByType() {
        Map<String, BitSet> attempts = new HashMap<>();
        forEachRetained(reference -> {
            Object object = reference.get();
            if (object != null) {
                attempts.computeIfAbsent(object.getClass().getName(), type -> new BitSet())
                        .set(reference.attempt);
            }
        });
        return attempts;
    }

    /** What of the attempts after the warm-up is still reachable. Holding the result keeps it so. */
    public Object[] retainedObjects() {
        return retainedObjects(retainedAttempts());
    }

    /** What of these attempts is still reachable. Holding the result keeps it so. */
    public synchronized Object[] retainedObjects(BitSet attempts) {
        return objects(attempts, reference -> true);
    }

    /**
     * What of these attempts is still reachable, without what a retained exception carries. The reader of a dump leaves
     * out the same objects, because the path to the exception explains them.
     */
    public synchronized Object[] retainedObjectsWithoutCarried(BitSet attempts) {
        BitSet withException = new BitSet();
        forEachRetained(attempts, reference -> {
            if (reference.part().compareTo(RetainedPart.CARRIED) < 0) {
                withException.set(reference.attempt);
            }
        });
        return objects(
                attempts,
                reference -> reference.part() != RetainedPart.CARRIED || !withException.get(reference.attempt));
    }

    private Object[] objects(BitSet attempts, Predicate<TrackedReference> isMeant) {
        List<Object> objects = new ArrayList<>();
        forEachRetained(attempts, reference -> {
            Object object = isMeant.test(reference) ? reference.get() : null;
            if (object != null) {
                objects.add(object);
            }
        });
        return objects.toArray();
    }

    private void forEachRetained(BitSet attempts, Consumer<TrackedReference> action) {
        forEachRetained(reference -> {
            if (attempts.get(reference.attempt)) {
                action.accept(reference);
            }
        });
    }

    private void forEachRetained(Consumer<TrackedReference> action) {
        forEach(reference -> {
            if (reference.attempt > warmup && reference.isRetained()) {
                action.accept(reference);
            }
        });
    }

    private void forEach(Consumer<TrackedReference> action) {
        for (TrackedReference head : table) {
            for (TrackedReference reference = head; reference != null; reference = reference.next) {
                action.accept(reference);
            }
        }
    }

    /**
     * How many bytes of the heap the references to what is watched take; those that were cleared go when there are
     * many.
     */
    public synchronized long bytes() {
        HeapLayout layout = HeapLayout.current();
        return layout.array(table.length, layout.referenceBytes()) + entries * TrackedReference.bytes(layout);
    }

    /** How many entries there are, those included of which it is not known yet that they have been collected. */
    synchronized int entries() {
        return entries;
    }

    /** How many entries there is room for. */
    synchronized int room() {
        return table.length;
    }

    /**
     * Whether there has been a collection, and as much has been watched as the one before had left, so that each is
     * looked at only a few times. References that are not dropped cost each further collection more than the failures
     * did.
     */
    private boolean isWorthCleaning() {
        return entries >= 2 * entriesAfterCollection && sinceCleaned.refersTo(null);
    }

    /** Drops what has been collected; if that is little, doubles the table. */
    private void makeRoom() {
        boolean wasCollection = sinceCleaned.refersTo(null);
        dropCollected();
        if (wasCollection) {
            entriesAfterCollection = entries;
            sinceCleaned = new WeakReference<>(new Object());
        }
        if (entries > table.length / 2) {
            grow();
        }
    }

    private void dropCollected() {
        for (int slot = 0; slot < table.length; slot++) {
            TrackedReference last = null;
            TrackedReference following;
            for (TrackedReference reference = table[slot]; reference != null; reference = following) {
                following = reference.next;
                if (!reference.refersTo(null)) {
                    last = reference;
                    continue;
                }
                entries--;
                if (last == null) {
                    table[slot] = following;
                } else {
                    last.next = following;
                }
            }
        }
    }

    private void grow() {
        @Nullable TrackedReference[] old = table;
        table = new @Nullable TrackedReference[old.length * 2];
        for (TrackedReference head : old) {
            TrackedReference following;
            for (TrackedReference reference = head; reference != null; reference = following) {
                following = reference.next;
                int slot = reference.hash & (table.length - 1);
                reference.next = table[slot];
                table[slot] = reference;
            }
        }
    }
}
