package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Footprint;
import org.jspecify.annotations.Nullable;

/** One measurement. */
class Walk {
    /** The walk has reached a limit. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super(null, null, false, false);
        }
    }

    /** So many objects are met from one look at the clock to the next. */
    private static final int STRIDE = 4096;

    private static final int BATCH = 64;

    final ObjectStack pending = new ObjectStack();
    final FieldAccess access;
    final Shapes shapes;
    private final long maxObjects;
    private final long maxNanos;
    private final long start = System.nanoTime();

    private IdentitySet visited = new IdentitySet();
    private @Nullable IdentitySet outside;
    private IdentitySet retained = new IdentitySet();
    private final Object[] batch = new Object[BATCH];
    private final int[] hashes = new int[BATCH];
    private int batched;

    /** Means nothing, but the JIT must not leave the touching out. */
    @SuppressWarnings("unused")
    private long touched;

    private long met;
    private long objects;
    long bytes;
    boolean truncated;

    Walk(FieldAccess access, long maxObjects, long maxNanos) {
        this.access = access;
        this.shapes = new Shapes(access);
        this.maxObjects = maxObjects;
        this.maxNanos = maxNanos;
    }

    Footprint measure(@Nullable Object[] retained, @Nullable Object[] outside) {
        try {
            meetAll(retained, true);
            meetBatch(true);
            // They stay at the bottom, known and counted but not entered, while the outside comes and goes above.
            long bottom = pending.size();
            meetAll(outside, false);
            enterPending(bottom, false);
            enterPending(0, true);
        } catch (Cut | OutOfMemoryError ignored) {
            // A limit was met.
            truncated = true;
        }
        return new Footprint(bytes, objects, truncated);
    }

    private void enterPending(long bottom, boolean counts) {
        while (true) {
            if (pending.size() == bottom) {
                meetBatch(counts);
                if (pending.size() == bottom) {
                    return;
                }
            }
            Object object = pending.pop();
            if (object instanceof Object[] array) {
                meetAll(array, counts);
            } else {
                for (long reference : shapes.of(object).references()) {
                    meet(access.reference(object, reference), counts);
                }
            }
        }
    }

    private void meetAll(@Nullable Object[] all, boolean counts) {
        for (Object object : all) {
            meet(object, counts);
        }
    }

    private void meet(@Nullable Object object, boolean counts) {
        if (object != null) {
            if (batched == BATCH) {
                meetBatch(counts);
            }
            batch[batched++] = object;
        }
    }

    /**
     * Most of the time of a walk is waiting for memory. So it waits for that of many objects at once: for all their
     * headers, then for all their places in the table. And all there is to do with an object is done now, while it is
     * in the processor's cache; most lead no further.
     */
    private void meetBatch(boolean counts) {
        int count = batched;
        batched = 0;
        for (int i = 0; i < count; i++) {
            hashes[i] = System.identityHashCode(batch[i]);
        }
        for (int i = 0; i < count; i++) {
            touched += visited.touch(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            Object object = batch[i];
            if (visited.add(object, hashes[i])) {
                Shape shape = shapes.of(object);
                truncated |= !shape.complete();
                if (counts) {
                    count(object, shape);
                }
                if (shape.leadsFurther()) {
                    pending.push(object);
                }
                checkLimits();
            }
        }
    }
    /**
     * Begins anew; what was met until now is the outside from now on, and never visited. That a retained object or a
     * Throwable is held there hides nothing: it does not belong to any outside.
     */
    final void leaveOutside(IdentitySet retained) {
        outside = visited;
        this.retained = retained;
        visited = new IdentitySet();
    }

    /** Begins anew, with the same outside and what is left of the limits. */
    final void startOver() {
        visited = new IdentitySet();
    }

    final void visitAll(@Nullable Object[] all) {
        for (Object object : all) {
            visit(object);
        }
    }

    final void visit(@Nullable Object object) {
        if (object == null || isOutside(object) || !visited.add(object)) {
            return;
        }
        pending.push(object);
        checkLimits();
    }

    private void checkLimits() {
        met++;
        if (met > maxObjects || met % STRIDE == 0 && isOverTime() || visited.isFull() && !visited.grow()) {
            throw new Cut();
        }
    }

    private boolean isOutside(Object object) {
        return outside != null
                && !(object instanceof Throwable)
                && outside.contains(object)
                && !retained.contains(object);
    }

    final boolean isOverTime() {
        return System.nanoTime() - start > maxNanos;
    }

    final void enter(Object object, Shape shape) {
        truncated |= !shape.complete();
        if (shape.kind() == Shape.Kind.REFERENCE_ARRAY) {
            visitAll((@Nullable Object[]) object);
        } else {
            for (long reference : shape.references()) {
                visit(access.reference(object, reference));
            }
        }
    }

    final void count(Object object, Shape shape) {
        if (shape.kind() != Shape.Kind.PRUNED) {
            bytes += shape.sizeOf(object);
            objects++;
        }
    }
}
