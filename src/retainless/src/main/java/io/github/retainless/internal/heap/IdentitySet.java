package io.github.retainless.internal.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects a walk has met, by identity: a flat table of hashes and numbers, and the objects in the order of their
 * numbers. Unlike a table of references that costs no write barrier for each object, a table to be scanned by each
 * collection, or a look at old objects while it grows. It takes 15 to 25 bytes an object with compressed references.
 */
final class IdentitySet {
    private static final int LARGEST = 1 << 28;
    private static final int CHUNK_BITS = 9;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int HASH_BITS = 32;

    /**
     * This part of the heap cannot be had in one piece. G1 and its like give a table whole regions in a row. They count
     * as free what the last object of each region leaves, and regions beside large arrays that no collection moves.
     */
    private static final int SCATTERED_PART = 32;

    /** The hash above, one more than the number of the object below; 0 where there is none. */
    private long[] table = new long[1 << 9];

    /** In chunks, so that growth copies little and no chunk is large. */
    private @Nullable Object[][] chunks = new @Nullable Object[8][];

    private int size;

    int size() {
        return size;
    }

    boolean contains(Object object) {
        return table[slot(object, System.identityHashCode(object))] != 0;
    }

    /** Whether the object was not in the set before. */
    boolean add(Object object) {
        return add(object, System.identityHashCode(object));
    }

    /** The same where its identity hash is known. */
    boolean add(Object object, int hash) {
        int slot = slot(object, hash);
        if (table[slot] != 0) {
            return false;
        }
        append(object);
        table[slot] = (long) hash << HASH_BITS | size;
        return true;
    }

    /** Brings what {@link #add} will look at into the processor's cache; the value means nothing. */
    long touch(int hash) {
        return table[hash & (table.length - 1)];
    }

    /** Where the object is, or an empty slot. */
    private int slot(Object object, int hash) {
        int mask = table.length - 1;
        int slot = hash & mask; // random in every bit, so not mixed further
        for (long found = table[slot]; found != 0; found = table[slot]) {
            if ((int) (found >>> HASH_BITS) == hash && object((int) found - 1) == object) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private @Nullable Object object(int number) {
        return chunks[number >>> CHUNK_BITS][number & (CHUNK - 1)];
    }

    private void append(Object object) {
        int chunk = size >>> CHUNK_BITS;
        if ((size & (CHUNK - 1)) == 0) {
            if (chunk == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * chunk);
            }
            chunks[chunk] = new @Nullable Object[CHUNK];
        }
        chunks[chunk][size & (CHUNK - 1)] = object;
        size++;
    }

    /** Whether the next object would need a larger table. */
    boolean isFull() {
        return size >= table.length / 4 * 3;
    }

    /** Whether it could grow. */
    boolean grow() {
        if (table.length == LARGEST
                || !hasRoom(
                        bytes(2L * table.length),
                        CurrentJvm.freeHeap(),
                        Runtime.getRuntime().maxMemory())) {
            return false;
        }
        long[] old = table;
        table = new long[2 * old.length];
        int mask = table.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> HASH_BITS) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = entry;
            }
        }
        return true;
    }

    /** Of a table, and of the objects that fill it. */
    private static long bytes(long slots) {
        return slots * (Long.BYTES + Shapes.REFERENCE_BYTES);
    }

    /** Not when that would take more than half of what is left of the heap in one piece. */
    static boolean hasRoom(long bytes, long free, long max) {
        return bytes <= (free - max / SCATTERED_PART) / 2;
    }
}
