package io.github.retainless.internal.heap;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left where the JVM's own access is not granted: fields of packages that are open to us. */
final class ReflectiveFieldAccess extends FieldAccess {
    private final List<Field> fields = new ArrayList<>();

    @Override
    String name() {
        return "reflection";
    }

    @Override
    long handle(Field field) {
        if (!field.trySetAccessible()) {
            return UNKNOWN;
        }
        fields.add(field);
        return fields.size() - 1;
    }

    @Override
    @Nullable
    Object reference(Object holder, long handle) {
        try {
            return fields.get((int) handle).get(holder);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    long offset(Field field) {
        return UNKNOWN;
    }

    @Override
    long arrayBase(Class<?> array) {
        return UNKNOWN;
    }

    @Override
    long arrayScale(Class<?> array) {
        return UNKNOWN;
    }
}
