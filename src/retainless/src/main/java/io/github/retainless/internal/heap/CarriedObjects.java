package io.github.retainless.internal.heap;

import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what exceptions carry in the fields of their own classes, as opposed to message, cause and stack. No method of
 * an exception is called, and no class is kept.
 *
 * <p>Left out is what cannot be told from what the program has anyway: classes, threads and the like, enum constants,
 * boxed primitives, large numbers, UUIDs and values of {@code java.time}, strings below 256 characters (names and ids),
 * and the outer instance of an inner class. Of an {@link Optional} it is what that holds.
 */
public final class CarriedObjects {
    /** A shorter one is a name or an id, which programs keep on purpose. */
    private static final int SHORTEST_TEXT = 256;

    /** What the program has of them it may have from anywhere: a price, a key. */
    private static final Set<Class<?>> VALUES = Set.of(
            Boolean.class,
            Character.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private final FieldAccess access = FieldAccess.best();

    /**
     * Names and handles, kept in the classes themselves, so that none is kept alive. They are of the JDK's types: what
     * a class of the JDK keeps would keep this library's class loader.
     */
    private final ClassValue<List<Map.Entry<String, Long>>> slots = new ClassValue<>() {
        @Override
        protected List<Map.Entry<String, Long>> computeValue(Class<?> type) {
            synchronized (access) {
                return slots(type);
            }
        }
    };

    /**
     * Visits what an exception carries.
     *
     * @param visitor takes each object and the field it is in, such as {@code PaymentDeclined.response}
     */
    public void of(Throwable failure, BiConsumer<Object, String> visitor) {
        for (Map.Entry<String, Long> slot : slots.get(failure.getClass())) {
            Object carried = access.reference(failure, slot.getValue());
            if (carried instanceof Optional<?> optional) {
                carried = optional.orElse(null);
            }
            if (carried != null && isItsOwn(carried)) {
                visitor.accept(carried, slot.getKey());
            }
        }
    }

    private List<Map.Entry<String, Long>> slots(Class<?> type) {
        List<Map.Entry<String, Long>> found = new ArrayList<>();
        for (Class<?> level = type; isOwn(level); level = level.getSuperclass()) {
            try {
                for (Field field : Shapes.instanceFields(level)) {
                    long handle = isPayload(field) ? access.handle(field) : FieldAccess.UNKNOWN;
                    if (handle != FieldAccess.UNKNOWN) {
                        found.add(Map.entry(simpleName(level) + "." + field.getName(), handle));
                    }
                }
            } catch (LinkageError | RuntimeException ignored) {
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
        return !VALUES.contains(type)
                && !(carried instanceof Number && type.getPackageName().equals("java.lang"))
                && !type.getPackageName().equals("java.time")
                && !Shapes.isPruned(type);
    }
}
