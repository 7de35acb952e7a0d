package io.github.retainless.heap;

import org.jspecify.annotations.Nullable;

/**
 * The objects a walk has met, by identity: one flat table, which costs 5 to 11 bytes an object with compressed
 * references and 16 while it grows.
 */
final class IdentitySet {
    private static final int LARGEST = 1 << 30;

    private @Nullable Object[] table = new Object[1 << 10];
    private int size;

    int size() {
        return size;
    }

    boolean contains(Object object) {
        int mask = table.length - 1;
        int slot = System.identityHashCode(object) & mask;
        for (Object found = table[slot]; found != null; found = table[slot]) {
            if (found == object) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        return false;
    }

    /** Whether the object was not in the set before. */
    boolean add(Object object) {
        int mask = table.length - 1;
        int slot = System.identityHashCode(object) & mask; // random in every bit, so not mixed further
        for (Object found = table[slot]; found != null; found = table[slot]) {
            if (found == object) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[slot] = object;
        size++;
        return true;
    }

    /** Whether the next object would need a larger table. */
    boolean isFull() {
        return size >= table.length / 4 * 3;
    }

    /** Whether it could grow: not when that would take more than half of the heap that is left. */
    boolean grow() {
        if (table.length == LARGEST || bytes(2L * table.length) > free() / 2) {
            return false;
        }
        @Nullable Object[] old = table;
        table = new Object[2 * old.length];
        size = 0;
        for (Object object : old) {
            if (object != null) {
                add(object);
            }
        }
        return true;
    }

    private static long bytes(long slots) {
        return slots * Shapes.REFERENCE_BYTES;
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
