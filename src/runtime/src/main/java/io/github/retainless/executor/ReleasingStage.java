package io.github.retainless.executor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A future seen as a {@link CompletionStage}: holds no outcome of its own, each stage derived from it reads the future.
 */
final class ReleasingStage<T extends @Nullable Object> extends ReleasingFuture<T> {
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

    ReleasingStage(Callable<T> task, DeliveryTerms terms) {
        super(task, terms);
    }

    @Override
    protected void done() {
        super.done();
        settled.complete(null);
    }

    /**
     * A proxy, since all of the interface's many methods do the same: they derive from a stage that is made for the
     * purpose.
     */
    @SuppressWarnings("unchecked")
    CompletionStage<T> view() {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return ofObject(proxy, method, arguments);
            }
            try {
                return method.invoke(settled.thenApply(done -> read()), arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return (CompletionStage<T>) Proxy.newProxyInstance(
                ReleasingStage.class.getClassLoader(), new Class<?>[] {CompletionStage.class}, handler);
    }

    private T read() {
        try {
            return get();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> toString();
        };
    }
}
