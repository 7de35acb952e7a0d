package io.github.retainless.internal.heap;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.datamodel.DataModel;
import org.openjdk.jol.datamodel.Model32;
import org.openjdk.jol.datamodel.Model64;
import org.openjdk.jol.datamodel.Model64_Lilliput;
import org.openjdk.jol.info.ClassData;
import org.openjdk.jol.info.FieldData;
import org.openjdk.jol.info.FieldLayout;
import org.openjdk.jol.layouters.HotSpotLayouter;
import org.openjdk.jol.layouters.Layouter;

/**
 * The shapes of the classes that one walk meets. No longer: kept, they would pin the class loaders of what was
 * measured. What is remembered is kept by the classes themselves, as numbers, so that it pins ours neither.
 *
 * <p>JOL lays a class out; where the JVM tells a field's real offset and it lies further out, that one counts. JOL
 * never gets to see a class, as its own parser prints errors, nor to ask the JVM, as that forks helper JVMs.
 */
final class Shapes {
    static final DataModel MODEL = model();
    private static final Layouter LAYOUTER =
            new HotSpotLayouter(MODEL, Runtime.version().feature());
    private static final int PADDING = number("ContendedPaddingWidth", 128);

    static final int REFERENCE_BYTES = MODEL.sizeOf("reference");

    private static final List<Class<?>> PRUNED = List.of(
            Class.class,
            ClassLoader.class,
            Module.class,
            ModuleLayer.class,
            Thread.class,
            ThreadGroup.class,
            Enum.class,
            AccessibleObject.class,
            MethodHandle.class,
            VarHandle.class,
            CallSite.class);

    private static final Set<String> PRUNED_PACKAGES =
            Set.of("java.lang.reflect", "java.lang.invoke", "jdk.internal.reflect", "jdk.internal.vm");

    private static final ClassValue<long[]> REMEMBERED = new ClassValue<>() {
        @Override
        protected long[] computeValue(Class<?> type) {
            return new Shapes(new InternalFieldAccess()).shape(type).toNumbers();
        }
    };

    private final Map<Class<?>, Shape> known = new IdentityHashMap<>();
    private final FieldAccess access;
    private @Nullable Class<?> lastClass;
    private Shape lastShape = Shape.PRUNED;

    Shapes(FieldAccess access) {
        this.access = access;
    }

    Shape of(Object object) {
        Class<?> type = object.getClass();
        if (type != lastClass) {
            lastShape = known.computeIfAbsent(type, this::find);
            lastClass = type;
        }
        return lastShape;
    }

    static long align(long bytes) {
        int alignment = MODEL.objectAlignment();
        return (bytes + alignment - 1) / alignment * alignment;
    }

    private Shape find(Class<?> type) {
        return access.isTheSameInEveryWalk() ? Shape.ofNumbers(REMEMBERED.get(type)) : shape(type);
    }

    private Shape shape(Class<?> type) {
        if (type.isArray()) {
            return array(type);
        }
        return isPruned(type) ? Shape.PRUNED : instance(type);
    }

    static boolean isPruned(Class<?> type) {
        if (Throwable.class.isAssignableFrom(type)) {
            return false; // InvocationTargetException lives in java.lang.reflect
        }
        return PRUNED_PACKAGES.contains(type.getPackageName())
                || PRUNED.stream().anyMatch(pruned -> pruned.isAssignableFrom(type));
    }

    private Shape array(Class<?> type) {
        Class<?> component = type.getComponentType();
        long base = access.arrayBase(type);
        long scale = access.arrayScale(type);
        if (base == FieldAccess.UNKNOWN || scale == FieldAccess.UNKNOWN) {
            FieldLayout elements = LAYOUTER.layout(new ClassData("", component.getName(), 1))
                    .fields()
                    .first();
            base = elements.offset();
            scale = elements.size();
        }
        return Shape.array(component.isPrimitive(), base, scale);
    }

    private Shape instance(Class<?> type) {
        List<List<Field>> levels = new ArrayList<>(); // the root of the hierarchy first
        boolean complete = true;
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            try {
                levels.add(0, instanceFields(level));
            } catch (LinkageError | RuntimeException ignored) {
                // The class of a field is missing.
                complete = false;
            }
        }
        List<Long> references = new ArrayList<>();
        for (List<Field> level : levels) {
            for (Field field : level) {
                if (!field.getType().isPrimitive() && isFollowed(field)) {
                    long handle = access.handle(field);
                    if (handle == FieldAccess.UNKNOWN) {
                        complete = false;
                    } else {
                        references.add(handle);
                    }
                }
            }
        }
        return Shape.instance(
                Math.max(simulatedSize(levels), realSize(levels)),
                references.stream().mapToLong(Long::longValue).toArray(),
                complete);
    }

    static List<Field> instanceFields(Class<?> level) {
        return Arrays.stream(level.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList();
    }

    private static long simulatedSize(List<List<Field>> levels) {
        ClassData data = new ClassData("");
        for (int i = levels.size() - 1; i >= 0; i--) {
            // Not the name of the class, which a superclass of another class loader may share.
            String level = Integer.toString(i);
            data.addSuperClass(level);
            for (Field field : levels.get(i)) {
                data.addField(
                        FieldData.create(level, field.getName(), field.getType().getName(), false, ""));
            }
        }
        return LAYOUTER.layout(data).instanceSize();
    }

    /**
     * The size that the offsets of the fields tell. A gap as wide as the padding of contended fields is such a padding,
     * and then another one follows the last field. (The annotation itself shows only where its module is open.)
     */
    private long realSize(List<List<Field>> levels) {
        long end = MODEL.headerSize();
        for (List<Field> level : levels) {
            List<Field> placed = level.stream()
                    .filter(field -> access.offset(field) != FieldAccess.UNKNOWN)
                    .sorted(Comparator.comparingLong(access::offset))
                    .toList();
            boolean padded = false;
            for (Field field : placed) {
                long offset = access.offset(field);
                padded |= PADDING > 0 && offset - end >= PADDING;
                end = Math.max(end, offset + MODEL.sizeOf(field.getType().getName()));
            }
            if (padded) {
                end += PADDING;
            }
        }
        return align(end);
    }

    static boolean isFollowed(Field field) {
        Class<?> owner = field.getDeclaringClass();
        if (owner == Reference.class) {
            return !field.getName().equals("referent") && !field.getName().equals("discovered");
        }
        // Cleaners and finalizers are chained to all others of the process; the action is their own.
        return !isKeptByTheJvm(owner) || field.getType() == Runnable.class;
    }

    private static boolean isKeptByTheJvm(Class<?> type) {
        return Reference.class.isAssignableFrom(type)
                && (type.getPackageName().equals("java.lang.ref")
                        || type.getPackageName().equals("jdk.internal.ref"));
    }

    private static DataModel model() {
        int alignment = number("ObjectAlignmentInBytes", 8);
        if ("32".equals(System.getProperty("sun.arch.data.model"))) {
            return new Model32(alignment);
        }
        boolean compressedReferences = HotSpotFlags.isOn("UseCompressedOops");
        if (HotSpotFlags.isOn("UseCompactObjectHeaders")) {
            return new Model64_Lilliput(compressedReferences, alignment, false);
        }
        // Newer JVMs always compress them and will drop the flag.
        boolean compressedClasses = !"false".equals(HotSpotFlags.value("UseCompressedClassPointers"));
        return new Model64(compressedReferences, compressedClasses, alignment);
    }

    private static int number(String flag, int ifUnknown) {
        String value = HotSpotFlags.value(flag);
        return value == null ? ifUnknown : Integer.parseInt(value);
    }
}
