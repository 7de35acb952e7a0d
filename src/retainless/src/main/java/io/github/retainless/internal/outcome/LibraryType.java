package io.github.retainless.internal.outcome;

import io.github.retainless.internal.runtime.Unwrapping;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An async type of a library, found by its name, and how the library itself converts it into a type of the JDK's, or
 * one that is nearer to these. The conversions are lambdas, not method references, so that a library is touched only
 * when an outcome of its types is there.
 */
enum LibraryType {
    PUBLISHER("org.reactivestreams.Publisher", outcome -> ReactiveStreamsTypes.publisher(outcome)),
    SINGLE("io.reactivex.rxjava3.core.SingleSource", outcome -> RxJavaTypes.single(outcome)),
    MAYBE("io.reactivex.rxjava3.core.MaybeSource", outcome -> RxJavaTypes.maybe(outcome)),
    COMPLETABLE("io.reactivex.rxjava3.core.CompletableSource", outcome -> RxJavaTypes.completable(outcome)),
    OBSERVABLE("io.reactivex.rxjava3.core.ObservableSource", outcome -> RxJavaTypes.observable(outcome)),
    UNI("io.smallrye.mutiny.Uni", outcome -> MutinyTypes.uni(outcome)),
    JOB("kotlinx.coroutines.Job", outcome -> KotlinTypes.job(outcome)),
    FUTURE("io.vertx.core.Future", outcome -> VertxTypes.future(outcome));

    @FunctionalInterface
    private interface Conversion {
        @Nullable
        Object convert(Object outcome) throws Throwable;
    }

    private static final String OR_CONVERT = "or turn the outcome into a CompletionStage in the task.";

    private final String className;
    private final Conversion conversion;

    LibraryType(String className, Conversion conversion) {
        this.className = className;
        this.conversion = conversion;
    }

    /** The type of a library that this is, or null. */
    static @Nullable LibraryType of(Object outcome) {
        Map<String, Class<?>> types = typesOf(outcome);
        return Arrays.stream(values())
                .filter(library -> types.containsKey(library.className))
                .findFirst()
                .orElse(null);
    }

    /**
     * The same outcome as another type.
     *
     * @param type the type that messages name
     * @throws UnobservableException if the library is not the one we see, or does not do what it should
     */
    Object convert(Object outcome, String type) {
        Class<?> ours = ours();
        if (ours == null || typesOf(outcome).get(className) != ours) {
            throw new UnobservableException(
                    "cannot observe a " + type + ": its " + className
                            + " comes from a class loader whose classes Retainless does not see",
                    "Put the library and Retainless on the same class path, " + OR_CONVERT);
        }
        Object converted;
        try {
            converted = conversion.convert(outcome);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (LinkageError | NoSuchMethodException failure) {
            throw new UnobservableException(
                    "cannot observe a " + type + ": this version of " + className + " is not known ("
                            + Unwrapping.describe(failure) + ")",
                    "Use a version of the library that Retainless is tested with, " + OR_CONVERT,
                    failure);
        } catch (Throwable thrown) {
            throw new UnobservableException(
                    "cannot observe a " + type + ": it is a " + className + " whose conversion threw "
                            + Unwrapping.describe(thrown),
                    "Repair the type, " + OR_CONVERT,
                    thrown);
        }
        if (converted == null) {
            throw new UnobservableException(
                    "cannot observe a " + type + ": it is a " + className + " whose conversion returned null",
                    "Is it a stub or mock? Let it behave as the real one, " + OR_CONVERT);
        }
        return converted;
    }

    private @Nullable Class<?> ours() {
        try {
            return Class.forName(className, false, LibraryType.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError ignored) {
            return null;
        }
    }

    /** The outcome's class and all that it extends and implements, by name. */
    private static Map<String, Class<?>> typesOf(Object outcome) {
        Map<String, Class<?>> types = new HashMap<>();
        Deque<Class<?>> open = new ArrayDeque<>();
        open.add(outcome.getClass());
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (types.putIfAbsent(type.getName(), type) == null) {
                Class<?> parent = type.getSuperclass();
                if (parent != null) {
                    open.add(parent);
                }
                open.addAll(Arrays.asList(type.getInterfaces()));
            }
        }
        return types;
    }
}
