package io.github.retainless.heap;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what exceptions carry in the fields of their own classes, as opposed to message, cause and stack. No method of an
 * exception is called, and no class is kept.
 *
 * <p>Left out is what cannot be told from what the program has anyway: classes, threads and the like, enum constants, boxed
 * primitives, optional values and those of {@code java.time}, strings below 256 characters (names and ids), and the outer instance of an inner class.
 */
public final class CarriedObjects {
    /** A shorter one is a name or an id, which programs keep on purpose. */
    private static final int SHORTEST_TEXT = 256;

    private final FieldAccess access = FieldAccess.best();

    /** Kept in the classes themselves, so that none is kept alive. */
    private final ClassValue<List<Slot>> slots = new ClassValue<>() {
        @Override
        protected List<Slot> computeValue(Class<?> type) {
            synchronized (access) {
                return slots(type);
            }
        }
    };

    private record Slot(String name, long handle) {}

    /**
     * Visits what an exception carries.
     *
     * @param visitor takes each object and the field it is in, such as {@code PaymentDeclined.response}
     */
    public void of(Throwable failure, BiConsumer<Object, String> visitor) {
        for (Slot slot : slots.get(failure.getClass())) {
            Object carried = access.reference(failure, slot.handle());
            if (carried != null && isItsOwn(carried)) {
                visitor.accept(carried, slot.name());
            }
        }
    }

    private List<Slot> slots(Class<?> type) {
        List<Slot> found = new ArrayList<>();
        for (Class<?> level = type; isOwn(level); level = level.getSuperclass()) {
            try {
                for (Field field : Shapes.instanceFields(level)) {
                    long handle = isPayload(field) ? access.handle(field) : FieldAccess.UNKNOWN;
                    if (handle != FieldAccess.UNKNOWN) {
                        found.add(new Slot(simpleName(level) + "." + field.getName(), handle));
                    }
                }
            } catch (LinkageError | RuntimeException classOfAFieldIsMissing) {
                // What cannot be seen is not watched.
            }
        }
        return found;
    }

    private static boolean isOwn(@Nullable Class<?> level) {
        return level != null && level != Throwable.class;
    }

    private static boolean isPayload(Field field) {
        return !field.getType().isPrimitive()
                && Shapes.isFollowed(field)
                && !(field.isSynthetic() && field.getName().startsWith("this$"));
    }

    private static String simpleName(Class<?> type) {
        String name = type.getName();
        // Of an anonymous class that is a number, which tells little by itself.
        String own = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        return Character.isDigit(own.charAt(0)) ? name.substring(name.lastIndexOf('.') + 1) : own;
    }

    private static boolean isItsOwn(Object carried) {
        if (carried instanceof String text) {
            return text.length() >= SHORTEST_TEXT;
        }
        Class<?> type = carried.getClass();
        return !(carried instanceof Number && type.getPackageName().equals("java.lang"))
                && type != Boolean.class
                && type != Character.class
                && !type.getName().startsWith("java.util.Optional")
                && !type.getPackageName().equals("java.time")
                && !Shapes.isPruned(type);
    }
}
