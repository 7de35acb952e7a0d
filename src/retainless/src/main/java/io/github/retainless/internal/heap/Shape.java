package io.github.retainless.internal.heap;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * What a walk needs to know of a class. It names no class, so it keeps none.
 *
 * @param bytes the size of an instance, or where the elements of an array begin
 * @param elementBytes the size of an element of an array
 * @param references the handles of the fields to follow, by {@link FieldAccess#handle}
 * @param complete whether every field could be looked at
 */
record Shape(Kind kind, long bytes, long elementBytes, long[] references, boolean complete) {
    enum Kind {
        PRUNED,
        INSTANCE,
        REFERENCE_ARRAY,
        PRIMITIVE_ARRAY
    }

    private static final Kind[] KINDS = Kind.values();

    private static final long[] NO_REFERENCES = {};

    static final Shape PRUNED = new Shape(Kind.PRUNED, 0, 0, NO_REFERENCES, true);

    static Shape instance(long bytes, long[] references, boolean complete) {
        return new Shape(Kind.INSTANCE, bytes, 0, references, complete);
    }

    static Shape array(boolean primitive, long base, long elementBytes) {
        return new Shape(
                primitive ? Kind.PRIMITIVE_ARRAY : Kind.REFERENCE_ARRAY, base, elementBytes, NO_REFERENCES, true);
    }

    private static final int NUMBERS = 4;

    /** The whole shape as objects of the JDK alone. */
    long[] toNumbers() {
        long[] numbers = new long[NUMBERS + references.length];
        numbers[0] = kind.ordinal();
        numbers[1] = bytes;
        numbers[2] = elementBytes;
        numbers[3] = complete ? 1 : 0;
        System.arraycopy(references, 0, numbers, NUMBERS, references.length);
        return numbers;
    }

    static Shape ofNumbers(long[] numbers) {
        return new Shape(
                KINDS[(int) numbers[0]],
                numbers[1],
                numbers[2],
                Arrays.copyOfRange(numbers, NUMBERS, numbers.length),
                numbers[3] == 1);
    }

    /** Whether an object of this shape can refer to others. */
    boolean leadsFurther() {
        return kind == Kind.REFERENCE_ARRAY || references.length > 0;
    }

    /** The bytes of an object of this shape. */
    long sizeOf(Object object) {
        return switch (kind) {
            case PRUNED, INSTANCE -> bytes;
            case REFERENCE_ARRAY -> Shapes.align(bytes + ((Object[]) object).length * elementBytes);
            case PRIMITIVE_ARRAY -> Shapes.align(bytes + Array.getLength(object) * elementBytes);
        };
    }
}
