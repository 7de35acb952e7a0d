package io.github.retainless.internal.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import org.jspecify.annotations.Nullable;

/**
 * The static field that the constructors of {@link Throwable} read, in a class of its own beside {@link Throwable}. A
 * class in a jar that is appended to the boot loader's would do as well, but then the JVM warns on stderr that it
 * shares fewer classes, and keeps the file open until it ends.
 */
final class ListenerSlot {
    private static final String CLASS_NAME = "java.lang.RetainlessThrowableListener";

    private final Field field;

    private ListenerSlot(Field field) {
        this.field = field;
    }

    /** Makes a new one. Each copy of this library has its own, should several class loaders have loaded it. */
    static ListenerSlot define(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        return new ListenerSlot(define(javaLang(instrumentation)).getField("listener"));
    }

    private static Class<?> define(Lookup javaLang) throws IllegalAccessException {
        String name = CLASS_NAME;
        for (int copy = 2; ; copy++) {
            if (!exists(name)) {
                try {
                    return javaLang.defineClass(classFile(name));
                } catch (LinkageError failed) {
                    if (!exists(name)) {
                        throw failed;
                    }
                    // Another copy of this library has been faster.
                }
            }
            name = CLASS_NAME + copy;
        }
    }

    private static byte[] classFile(String name) {
        return new ByteBuddy(ClassFileVersion.JAVA_V17)
                .subclass(Object.class)
                .modifiers(Modifier.PUBLIC | Modifier.FINAL)
                .name(name)
                .defineField("listener", Consumer.class, Modifier.PUBLIC | Modifier.STATIC | Modifier.VOLATILE)
                .make()
                .getBytes();
    }

    private static boolean exists(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException ignored) {
            // The name is free.
            return false;
        }
    }

    Field field() {
        return field;
    }

    void set(@Nullable Consumer<Throwable> listener) {
        try {
            field.set(null, listener);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A lookup that may define classes in {@code java.lang}. The package is opened to a module that nobody else is in,
     * and that goes with its loader: opened to this library's module, it would be open to all of the class path.
     */
    private static Lookup javaLang(Instrumentation instrumentation) throws IOException, ReflectiveOperationException {
        Class<?> inside = new OwnModule().inside();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(inside.getModule())),
                Set.of(),
                Map.of());
        Constructor<?> constructor = inside.getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Lookup) ((Supplier<?>) constructor.newInstance()).get();
    }

    /** Runs as a copy of itself in the module that {@code java.lang} is open to. */
    private static final class JavaLang implements Supplier<Lookup> {
        @Override
        public Lookup get() {
            try {
                return MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class OwnModule extends ClassLoader {
        OwnModule() {
            super(ListenerSlot.class.getClassLoader());
        }

        Class<?> inside() throws IOException {
            String name = JavaLang.class.getName();
            try (InputStream file =
                    JavaLang.class.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
                if (file == null) {
                    throw new IOException("no class file of " + name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
