package io.github.retainless.heap;

import org.jspecify.annotations.Nullable;

/** One measurement. */
final class Walk {
    /** The walk has reached a limit. */
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super(null, null, false, false);
        }
    }

    /** So many objects are met from one look at the clock to the next. */
    private static final int STRIDE = 4096;

    private final IdentitySet visited = new IdentitySet();
    private final ObjectStack pending = new ObjectStack();
    private final FieldAccess access;
    private final Shapes shapes;
    private final long maxObjects;
    private final long maxNanos;
    private final long start = System.nanoTime();

    private long bytes;
    private long objects;
    private boolean truncated;

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

    private void visitAll(@Nullable Object[] all) {
        for (Object object : all) {
            visit(object);
        }
    }

    private void visit(@Nullable Object object) {
        if (object == null || !visited.add(object)) {
            return;
        }
        pending.push(object);
        if (visited.size() > maxObjects
                || visited.size() % STRIDE == 0 && System.nanoTime() - start > maxNanos
                || visited.isFull() && !visited.grow()) {
            throw new Cut();
        }
    }

    private void enter(Object object, Shape shape) {
        truncated |= !shape.complete();
        if (shape.kind() == Shape.Kind.REFERENCE_ARRAY) {
            visitAll((@Nullable Object[]) object);
        } else {
            for (long reference : shape.references()) {
                visit(access.reference(object, reference));
            }
        }
    }

    private void count(Object object, Shape shape) {
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
