package io.github.retainless.internal.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads through {@code jdk.internal.misc.Unsafe}: unlike {@code sun.misc.Unsafe} it takes the fields of records and
 * hidden classes, does not warn and cannot be denied; unlike reflection it needs no {@code --add-opens} and knows
 * fields that reflection filters. It never writes.
 *
 * <p>This class cannot be initialised where the JVM does not grant that: its users must be ready for a
 * {@link LinkageError}.
 */
public final class JdkInternals {
    // Static and final, or the JIT would not see through them.
    private static final MethodHandle GET_REFERENCE;
    private static final MethodHandle GET_INT;
    private static final MethodHandle FIELD_OFFSET;
    private static final MethodHandle NAMED_FIELD_OFFSET;
    private static final MethodHandle ARRAY_BASE;
    private static final MethodHandle ARRAY_SCALE;

    static {
        try {
            Lookup lookup = SunMiscLookup.get();
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type))
                    .invoke();
            GET_REFERENCE = method(lookup, unsafe, Object.class, "getReference", Object.class, long.class);
            GET_INT = method(lookup, unsafe, int.class, "getInt", Object.class, long.class);
            FIELD_OFFSET = method(lookup, unsafe, long.class, "objectFieldOffset", Field.class);
            NAMED_FIELD_OFFSET = method(lookup, unsafe, long.class, "objectFieldOffset", Class.class, String.class);
            ARRAY_BASE = method(lookup, unsafe, long.class, "arrayBaseOffset", Class.class);
            ARRAY_SCALE = method(lookup, unsafe, long.class, "arrayIndexScale", Class.class);
        } catch (Throwable denied) {
            throw new ExceptionInInitializerError(denied);
        }
    }

    private JdkInternals() {}

    // By its parameters only: some results are an int on one JDK and a long on the next.
    private static MethodHandle method(
            Lookup lookup, Object unsafe, Class<?> result, String name, Class<?>... parameters)
            throws ReflectiveOperationException {
        return lookup.unreflect(unsafe.getClass().getMethod(name, parameters))
                .bindTo(unsafe)
                .asType(MethodType.methodType(result, parameters));
    }

    /** The reference that an object holds at an offset. */
    public static @Nullable Object reference(Object holder, long offset) {
        try {
            return (Object) GET_REFERENCE.invokeExact(holder, offset);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The int that an object holds at an offset. */
    public static int integer(Object holder, long offset) {
        try {
            return (int) GET_INT.invokeExact(holder, offset);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Where a field lies in its object. */
    public static long offset(Field field) {
        try {
            return (long) FIELD_OFFSET.invokeExact(field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Where a field lies in objects of the class that declares it, also one that reflection does not show.
     *
     * @throws InternalError if there is no such field
     */
    public static long offset(Class<?> declaring, String field) {
        try {
            return (long) NAMED_FIELD_OFFSET.invokeExact(declaring, field);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Where the first element of an array lies. */
    public static long arrayBase(Class<?> array) {
        return of(array, ARRAY_BASE);
    }

    /** The bytes from one element of an array to the next. */
    public static long arrayScale(Class<?> array) {
        return of(array, ARRAY_SCALE);
    }

    private static long of(Class<?> array, MethodHandle property) {
        try {
            return (long) property.invokeExact(array);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }
}
