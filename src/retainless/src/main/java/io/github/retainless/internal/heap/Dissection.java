package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Anatomy.Kind;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes objects apart, one after the other. Holds them, so it lasts no longer than one measurement. */
final class Dissection extends Walk {
    private final Map<Class<?>, List<Slot>> slots = new IdentityHashMap<>();

    /**
     * Where a part hangs on its object.
     *
     * @param type the declared type of the field
     * @param handle the field's, by {@link FieldAccess#handle}, or {@link FieldAccess#UNKNOWN} for the elements of an
     *     array
     */
    record Slot(Kind kind, String field, Class<?> type, long handle) {}

    Dissection(FieldAccess access, long maxObjects, long maxNanos) {
        super(access, maxObjects, maxNanos);
    }

    /**
     * Sets the outside, to be called first.
     *
     * @return false if a limit was met, so that nothing can be told
     */
    boolean exclude(@Nullable Object[] outside, IdentitySet retained) {
        try {
            visitSharedByAllThrowables();
            visitAll(outside);
            while (pending.size() > 0) {
                Object object = pending.pop();
                if (!(object instanceof Throwable) && !retained.contains(object)) {
                    enter(object, shapes.of(object));
                }
            }
        } catch (Cut | OutOfMemoryError ignored) {
            // A limit was met.
            return false;
        }
        truncated = false; // a field hidden in the outside is no part of a retained object
        leaveOutside(retained);
        return true;
    }

    /** Sets an outside of these objects only, without what they reach. */
    void excludeOnly(@Nullable Object[] outside) {
        try {
            visitSharedByAllThrowables();
            visitAll(outside);
        } catch (Cut | OutOfMemoryError ignored) {
            // A limit was met.
            truncated = true;
        }
        while (pending.size() > 0) {
            pending.pop();
        }
        leaveOutside(new IdentitySet());
    }

    /** What stands for a stack that was not asked for yet, and for no suppressed exceptions. */
    private void visitSharedByAllThrowables() {
        Throwable fresh = new Throwable();
        for (Slot slot : slots(Throwable.class)) {
            if (slot.kind() == Kind.STACK_TRACE || slot.kind() == Kind.SUPPRESSED) {
                visit(access.reference(fresh, slot.handle()));
            }
        }
    }

    /**
     * Takes one object apart.
     *
     * @param tally what is known of its class, to which this is added, unless a limit was met before the end and others
     *     of the class are known whole
     * @return false if a limit was met
     */
    boolean dissect(Object whole, Tally tally) {
        List<Slot> slots = tally.slots();
        long[] weights = new long[slots.size()];
        boolean isWhole = true;
        startOver();
        try {
            visit(whole);
            pending.pop();
            truncated |= !shapes.of(whole).complete();
            for (int i = 0; i < weights.length; i++) {
                long before = bytes;
                isWhole &= weigh(whole, slots.get(i));
                weights[i] = bytes - before;
            }
        } catch (Cut | OutOfMemoryError ignored) {
            // A limit was met.
            isWhole = false;
        }
        truncated |= !isWhole;
        if (isWhole || tally.instances() == 0) {
            tally.add(whole, shapes.of(whole).sizeOf(whole), weights, access);
        }
        return isWhole && !isOverTime();
    }

    /** Counts what the slot leads to and nothing before it did; false if a limit was met. */
    private boolean weigh(Object whole, Slot slot) {
        try {
            if (slot.handle() == FieldAccess.UNKNOWN) {
                visitAll((@Nullable Object[]) whole);
            } else {
                visit(access.reference(whole, slot.handle()));
            }
            while (pending.size() > 0) {
                Object object = pending.pop();
                Shape shape = shapes.of(object);
                count(object, shape);
                // The names in it belong to the classes; all stacks share them.
                if (!(object instanceof StackTraceElement)) {
                    enter(object, shape);
                }
            }
            return true;
        } catch (Cut | OutOfMemoryError ignored) {
            // A limit was met.
            while (pending.size() > 0) {
                Object object = pending.pop();
                count(object, shapes.of(object));
            }
            return false;
        }
    }

    /** Where the parts of the objects of a class hang, in the order in which they claim what several of them reach. */
    List<Slot> slots(Class<?> type) {
        return slots.computeIfAbsent(type, this::find);
    }

    private List<Slot> find(Class<?> type) {
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return component.isPrimitive()
                    ? List.of()
                    : List.of(new Slot(Kind.PAYLOAD, "[*]", component, FieldAccess.UNKNOWN));
        }
        List<Slot> found = new ArrayList<>();
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            found.addAll(0, slotsOf(level, Throwable.class.isAssignableFrom(type)));
        }
        found.sort(Comparator.comparing(Slot::kind)); // stable, so that payloads stay in the order of their declaration
        return found;
    }

    private List<Slot> slotsOf(Class<?> level, boolean ofThrowable) {
        List<Slot> found = new ArrayList<>();
        try {
            for (Field field : Shapes.instanceFields(level)) {
                if (!field.getType().isPrimitive() && Shapes.isFollowed(field)) {
                    long handle = access.handle(field);
                    if (handle != FieldAccess.UNKNOWN) {
                        found.add(new Slot(
                                ofThrowable ? kind(field) : Kind.PAYLOAD, field.getName(), field.getType(), handle));
                    }
                }
            }
        } catch (LinkageError | RuntimeException ignored) {
            // The shape of the object says that it is not complete.
            return List.of();
        }
        return found;
    }

    private static Kind kind(Field field) {
        if (field.getDeclaringClass() != Throwable.class) {
            return Throwable.class.isAssignableFrom(field.getType()) ? Kind.CAUSE : Kind.PAYLOAD;
        }
        return switch (field.getName()) {
            case "detailMessage" -> Kind.MESSAGE;
            case "backtrace" -> Kind.BACKTRACE;
            case "stackTrace" -> Kind.STACK_TRACE;
            case "suppressedExceptions" -> Kind.SUPPRESSED;
            case "cause" -> Kind.CAUSE;
            default -> Kind.PAYLOAD; // of a JDK to come
        };
    }
}
