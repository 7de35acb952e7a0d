package io.github.retainless.internal.outcome;

import io.github.retainless.experiment.AsyncAdapter;
import io.github.retainless.internal.runtime.Unwrapping;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that a class loader sees, loaded once. Neither the class loader nor they are held for longer than it
 * lives.
 */
final class RegisteredAdapters {
    static final String FILE = "META-INF/services/" + AsyncAdapter.class.getName();

    private static final Map<ClassLoader, RegisteredAdapters> BY_CLASS_LOADER = new WeakHashMap<>();

    /** An adapter is held by its own class: held by the map above, it would hold its class loader there. */
    private static final ClassValue<AtomicReference<@Nullable AsyncAdapter>> INSTANCES = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable AsyncAdapter> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    private final List<WeakReference<Class<?>>> types = new ArrayList<>();
    private String broken = "";

    private RegisteredAdapters(ClassLoader loader) {
        try {
            for (AsyncAdapter adapter : ServiceLoader.load(AsyncAdapter.class, loader)) {
                INSTANCES.get(adapter.getClass()).compareAndSet(null, adapter);
                types.add(new WeakReference<>(adapter.getClass()));
            }
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable error) {
            Throwable cause = error.getCause();
            broken = Unwrapping.describe(error) + (cause == null ? "" : ": " + Unwrapping.describe(cause));
        }
    }

    /**
     * The outcome as a stage, or null if no adapter is for it.
     *
     * @throws UnobservableException if an adapter cannot be loaded or does not do what it should
     */
    static @Nullable CompletionStage<?> adapt(Object outcome) {
        RegisteredAdapters ofContext = of(Thread.currentThread().getContextClassLoader());
        RegisteredAdapters ofLibrary = of(AsyncAdapter.class.getClassLoader());
        CompletionStage<?> stage = ofContext.stageOf(outcome);
        return stage == null && ofLibrary != ofContext ? ofLibrary.stageOf(outcome) : stage;
    }

    private static RegisteredAdapters of(@Nullable ClassLoader given) {
        ClassLoader loader = given == null ? ClassLoader.getSystemClassLoader() : given;
        synchronized (BY_CLASS_LOADER) {
            RegisteredAdapters known = BY_CLASS_LOADER.get(loader);
            if (known == null) {
                known = new RegisteredAdapters(loader);
                BY_CLASS_LOADER.put(loader, known);
            }
            return known;
        }
    }

    private @Nullable CompletionStage<?> stageOf(Object outcome) {
        String cannot = "cannot observe a " + outcome.getClass().getName() + ": ";
        if (!broken.isEmpty()) {
            throw new UnobservableException(
                    cannot + "its adapters cannot be loaded (" + broken + ")", "Repair the entry in " + FILE + ".");
        }
        for (WeakReference<Class<?>> type : types) {
            Class<?> alive = type.get();
            AsyncAdapter adapter = alive == null ? null : INSTANCES.get(alive).get();
            if (adapter != null && adapts(adapter, outcome, cannot)) {
                return toStage(adapter, outcome, cannot);
            }
        }
        return null;
    }

    private static boolean adapts(AsyncAdapter adapter, Object outcome, String cannot) {
        try {
            return adapter.adapts(outcome);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) {
            throw misbehaved(cannot, adapter, "adapts(..) threw " + Unwrapping.describe(thrown), thrown);
        }
    }

    private static CompletionStage<?> toStage(AsyncAdapter adapter, Object outcome, String cannot) {
        CompletionStage<?> stage;
        try {
            stage = adapter.toCompletionStage(outcome);
        } catch (OutOfMemoryError full) {
            throw full;
        } catch (Throwable thrown) {
            throw misbehaved(cannot, adapter, "toCompletionStage(..) threw " + Unwrapping.describe(thrown), thrown);
        }
        if (stage == null) {
            throw misbehaved(cannot, adapter, "toCompletionStage(..) returned null", null);
        }
        return stage;
    }

    private static UnobservableException misbehaved(
            String cannot, AsyncAdapter adapter, String what, @Nullable Throwable cause) {
        return new UnobservableException(
                cannot + "in its AsyncAdapter " + adapter.getClass().getName() + ", " + what,
                "Repair the adapter, or remove it from " + FILE + ".",
                cause);
    }
}
