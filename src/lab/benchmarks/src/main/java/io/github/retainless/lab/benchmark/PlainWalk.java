package io.github.retainless.lab.benchmark;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jol.vm.VM;
import org.openjdk.jol.vm.VirtualMachine;

/**
 * What one would write to weigh a graph: reflection, an identity set, a stack. Fields and sizes are looked up once for
 * each class, as asking JOL for each object takes many times as long. It leaves classes out and follows all else, weak
 * references too.
 *
 * <p>It can't open the fields of the JDK's own classes, those of Throwable and HashMap say, unless the JVM is told to
 * let it: {@link #FLAGS}. Without them it finds neither a cause nor an entry.
 */
final class PlainWalk {
    /** What it needs to see the graphs that are weighed here. */
    static final List<String> FLAGS =
            List.of("--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED");

    private final VirtualMachine vm = VM.current();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> pending = new ArrayDeque<>();
    private final Map<Class<?>, Layout> layouts = new IdentityHashMap<>();

    private PlainWalk() {}

    private record Layout(long bytes, long elementBytes, List<Field> references) {}

    /** The bytes of all that can be reached from an object. */
    static long bytes(Object root) {
        try {
            return new PlainWalk().walk(root);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private long walk(Object root) throws IllegalAccessException {
        long bytes = 0;
        visit(root);
        while (!pending.isEmpty()) {
            Object object = pending.pop();
            Layout layout = layouts.get(object.getClass());
            if (layout == null) {
                layout = layout(object);
                layouts.put(object.getClass(), layout);
            }
            if (layout.elementBytes() > 0) {
                bytes += aligned(layout.bytes() + Array.getLength(object) * layout.elementBytes());
            } else {
                bytes += layout.bytes();
            }
            if (object instanceof Object[] array) {
                for (Object element : array) {
                    visit(element);
                }
            } else {
                for (Field field : layout.references()) {
                    visit(field.get(object));
                }
            }
        }
        return bytes;
    }

    private void visit(Object object) {
        if (object != null && !(object instanceof Class) && seen.add(object)) {
            pending.push(object);
        }
    }

    private Layout layout(Object object) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            String component = type.getComponentType().isPrimitive()
                    ? type.getComponentType().getName()
                    : "java.lang.Object";
            return new Layout(vm.arrayBaseOffset(component), vm.arrayIndexScale(component), List.of());
        }
        List<Field> references = new ArrayList<>();
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            for (Field field : level.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    references.add(field);
                }
            }
        }
        return new Layout(vm.sizeOf(object), 0, references);
    }

    private long aligned(long bytes) {
        int alignment = vm.objectAlignment();
        return (bytes + alignment - 1) / alignment * alignment;
    }
}
