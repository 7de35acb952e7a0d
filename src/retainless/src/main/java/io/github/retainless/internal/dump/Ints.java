package io.github.retainless.internal.dump;

import java.util.Arrays;

/** Many ints, in pieces small enough that no collector treats them specially and none is copied when it grows. */
final class Ints {
    private static final int SHIFT = 16;
    private static final int PIECE = 1 << SHIFT;
    private static final int MASK = PIECE - 1;

    private int[][] pieces = new int[16][];
    private int size;

    Ints() {}

    /** So many zeros. */
    Ints(int size) {
        this.size = size;
        pieces = new int[(size >> SHIFT) + 1][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new int[Math.min(PIECE, size - (i << SHIFT))];
        }
    }

    int size() {
        return size;
    }

    int get(int index) {
        return pieces[index >> SHIFT][index & MASK];
    }

    void set(int index, int value) {
        pieces[index >> SHIFT][index & MASK] = value;
    }

    void add(int value) {
        int piece = size >> SHIFT;
        if ((size & MASK) == 0) {
            if (size < 0) {
                throw new OutOfMemoryError("more than 2,147,483,647 references");
            }
            if (piece == pieces.length) {
                pieces = Arrays.copyOf(pieces, 2 * piece);
            }
            pieces[piece] = new int[PIECE];
        }
        pieces[piece][size & MASK] = value;
        size++;
    }
}
