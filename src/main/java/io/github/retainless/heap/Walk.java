package io.github.retainless.heap;

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

    final ObjectStack pending = new ObjectStack();
    final FieldAccess access;
    final Shapes shapes;
    private final long maxObjects;
    private final long maxNanos;
    private final long start = System.nanoTime();

    private IdentitySet visited = new IdentitySet();
    private @Nullable IdentitySet outside;
    private IdentitySet survivors = new IdentitySet();
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

    Footprint measure(@Nullable Object[] survivors, @Nullable Object[] outside) {
        long exclusive = Long.MAX_VALUE; // so many pending objects, from the bottom, belong to the survivors
        try {
            visitAll(survivors);
            // They stay at the bottom, known but not entered, while the outside comes and goes above.
            exclusive = pending.size();
            visitAll(outside);
            while (pending.size() > exclusive) {
                Object object = pending.pop();
                enter(object, shapes.of(object));
            }
            exclusive = Long.MAX_VALUE;
            while (pending.size() > 0) {
                Object object = pending.pop();
                Shape shape = shapes.of(object);
                count(object, shape);
                enter(object, shape);
            }
        } catch (Cut | OutOfMemoryError limit) {
            truncated = true;
            countPending(exclusive);
        }
        return new Footprint(bytes, objects, truncated);
    }

    /**
     * Begins anew; what was met until now is the outside from now on, and never visited. That a survivor or a
     * Throwable is held there hides nothing: it does not belong to any outside.
     */
    final void leaveOutside(IdentitySet survivors) {
        outside = visited;
        this.survivors = survivors;
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
        met++;
        if (met > maxObjects || met % STRIDE == 0 && isOverTime() || visited.isFull() && !visited.grow()) {
            throw new Cut();
        }
    }

    private boolean isOutside(Object object) {
        return outside != null
                && !(object instanceof Throwable)
                && outside.contains(object)
                && !survivors.contains(object);
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

    /** After a cut: what is known to belong to the survivors still weighs, though it is not entered. */
    private void countPending(long exclusive) {
        while (pending.size() > 0) {
            boolean counts = pending.size() <= exclusive;
            Object object = pending.pop();
            if (counts) {
                count(object, shapes.of(object));
            }
        }
    }
}
