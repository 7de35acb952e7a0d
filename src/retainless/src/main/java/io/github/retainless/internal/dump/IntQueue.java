package io.github.retainless.internal.dump;

import java.util.ArrayDeque;

/** A first-in-first-out queue that gives back the room of what has been taken. */
final class IntQueue {
    private static final int PIECE = 1 << 14;

    private final ArrayDeque<int[]> pieces = new ArrayDeque<>();
    private int[] first = new int[PIECE];
    private int[] last = first;
    private int taken;
    private int added;

    boolean isEmpty() {
        return first == last && taken == added;
    }

    void add(int value) {
        if (added == PIECE) {
            last = new int[PIECE];
            pieces.add(last);
            added = 0;
        }
        last[added++] = value;
    }

    int take() {
        if (taken == PIECE) {
            first = pieces.remove();
            taken = 0;
        }
        return first[taken++];
    }
}
