package io.github.retainless.internal.heap;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads the references an object holds, whatever its module. One instance serves one walk. */
abstract class FieldAccess {
    static final int UNKNOWN = -1;

    /** The access that sees every field where this JVM grants it, else the one that sees what reflection may. */
    static FieldAccess best() {
        try {
            return new InternalFieldAccess();
        } catch (LinkageError ignored) {
            // Internal access is denied.
            return new ReflectiveFieldAccess();
        }
    }

    abstract String name();

    /** Whether a handle is good for other instances of this class, too. */
    boolean isTheSameInEveryWalk() {
        return false;
    }

    /** What {@link #reference} takes for this field, or {@link #UNKNOWN} where it may not be read. */
    abstract long handle(Field field);

    abstract @Nullable Object reference(Object holder, long handle);

    /** Where a field lies in its object, or {@link #UNKNOWN}. */
    abstract long offset(Field field);

    /** Where the first element of an array lies, or {@link #UNKNOWN}. */
    abstract long arrayBase(Class<?> array);

    /** The bytes from one element of an array to the next, or {@link #UNKNOWN}. */
    abstract long arrayScale(Class<?> array);
}
