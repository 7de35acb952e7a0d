package io.github.retainless.internal.heap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects a walk has met but not entered. In chunks, so that growth copies nothing. */
final class ObjectStack {
    private static final int CHUNK = 4096;

    private final List<Object[]> below = new ArrayList<>();
    private Object[] chunk = new Object[CHUNK];
    private Object @Nullable [] spare;
    private int top;

    long size() {
        return (long) below.size() * CHUNK + top;
    }

    void push(Object object) {
        if (top == CHUNK) {
            below.add(chunk);
            chunk = spare == null ? new Object[CHUNK] : spare;
            spare = null;
            top = 0;
        }
        chunk[top++] = object;
    }

    Object pop() {
        if (top == 0) {
            spare = chunk; // a walk that swings around the edge of a chunk makes no garbage
            chunk = below.remove(below.size() - 1);
            top = CHUNK;
        }
        return chunk[--top];
    }
}
