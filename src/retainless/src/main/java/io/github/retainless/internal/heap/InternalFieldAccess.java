package io.github.retainless.internal.heap;

import io.github.retainless.internal.runtime.JdkInternals;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads every field, through the JVM's own access. Throws a {@link LinkageError} where the JVM does not grant that. */
final class InternalFieldAccess extends FieldAccess {
    InternalFieldAccess() {
        JdkInternals.arrayBase(Object[].class);
    }

    @Override
    String name() {
        return "jdk.internal.misc.Unsafe";
    }

    @Override
    boolean isTheSameInEveryWalk() {
        return true;
    }

    @Override
    long handle(Field field) {
        return offset(field);
    }

    @Override
    @Nullable
    Object reference(Object holder, long handle) {
        return JdkInternals.reference(holder, handle);
    }

    @Override
    long offset(Field field) {
        return JdkInternals.offset(field);
    }

    @Override
    long arrayBase(Class<?> array) {
        return JdkInternals.arrayBase(array);
    }

    @Override
    long arrayScale(Class<?> array) {
        return JdkInternals.arrayScale(array);
    }
}
