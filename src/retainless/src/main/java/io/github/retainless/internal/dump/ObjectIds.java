package io.github.retainless.internal.dump;

import java.util.Arrays;

/**
 * Numbers the objects of a dump by their addresses, without gaps. A bit for each address where an object may begin
 * costs a 64th of the heap, whereas a table of the ids would cost 4 or 8 bytes for each object.
 */
final class ObjectIds {
    static final int NONE = -1;

    private static final int ALIGNMENT_SHIFT = 3;
    private static final int REGION_SHIFT = 20;
    private static final int WORDS = 1 << REGION_SHIFT - 6;
    /** 64 GiB of heap that has objects in it. */
    private static final int MOST_REGIONS = 1 << 13;

    /** The regions by their addresses, hashed; parallel to {@link #slots}. */
    private long[] keys = new long[64];

    private int[] slots = new int[64];
    private long[][] bits = new long[16][];
    private int[][] ranks = new int[16][];
    private int regions;
    private int size;
    private long lastKey = -1;
    private int lastRegion;

    ObjectIds() {
        Arrays.fill(keys, -1);
    }

    void add(long id) {
        long address = id >>> ALIGNMENT_SHIFT;
        int region = region(address >>> REGION_SHIFT);
        if (region < 0) {
            region = addRegion(address >>> REGION_SHIFT);
        }
        int bit = (int) (address & (1 << REGION_SHIFT) - 1);
        bits[region][bit >>> 6] |= 1L << bit;
    }

    /** Ends the adding. */
    void number() {
        size = 0;
        for (int region = 0; region < regions; region++) {
            int[] rank = new int[WORDS];
            for (int word = 0; word < WORDS; word++) {
                rank[word] = size;
                size += Long.bitCount(bits[region][word]);
            }
            ranks[region] = rank;
        }
    }

    int size() {
        return size;
    }

    /** The number of an object, or {@link #NONE}. */
    int of(long id) {
        long address = id >>> ALIGNMENT_SHIFT;
        int region = region(address >>> REGION_SHIFT);
        if (region < 0) {
            return NONE;
        }
        int bit = (int) (address & (1 << REGION_SHIFT) - 1);
        long word = bits[region][bit >>> 6];
        long mask = 1L << bit;
        return (word & mask) == 0 ? NONE : ranks[region][bit >>> 6] + Long.bitCount(word & mask - 1);
    }

    private int region(long key) {
        if (key == lastKey) {
            return lastRegion;
        }
        int slot = slot(key);
        if (keys[slot] != key) {
            return NONE;
        }
        lastKey = key;
        lastRegion = slots[slot];
        return lastRegion;
    }

    private int slot(long key) {
        int slot = hash(key);
        while (keys[slot] != -1 && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private int hash(long key) {
        return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & keys.length - 1;
    }

    private int addRegion(long key) {
        if (regions == MOST_REGIONS) {
            throw new OutOfMemoryError("objects in more than " + MOST_REGIONS + " places of the heap");
        }
        if (regions == bits.length) {
            bits = Arrays.copyOf(bits, 2 * regions);
            ranks = Arrays.copyOf(ranks, 2 * regions);
        }
        if (2 * regions >= keys.length) {
            long[] oldKeys = keys;
            int[] oldSlots = slots;
            keys = new long[2 * oldKeys.length];
            slots = new int[2 * oldKeys.length];
            Arrays.fill(keys, -1);
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != -1) {
                    int slot = slot(oldKeys[i]);
                    keys[slot] = oldKeys[i];
                    slots[slot] = oldSlots[i];
                }
            }
        }
        int slot = slot(key);
        keys[slot] = key;
        slots[slot] = regions;
        bits[regions] = new long[WORDS];
        return regions++;
    }
}
