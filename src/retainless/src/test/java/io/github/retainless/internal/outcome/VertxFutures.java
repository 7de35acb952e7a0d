package io.github.retainless.internal.outcome;

import java.util.concurrent.Callable;

/**
 * Vert.x's futures by reflection: its classes carry annotations of another library, of whose absence the compiler
 * warns.
 */
final class VertxFutures {
    private VertxFutures() {}

    private static final class Context {
        static final Object VERTX = call("io.vertx.core.Vertx", "vertx", null);
    }

    /** Failed by a worker thread, on the event loop's context. */
    static Object failing(Exception failure) {
        return executeBlocking(() -> {
            throw failure;
        });
    }

    static Object succeeding() {
        return executeBlocking(() -> "value");
    }

    static Object pending() {
        return call("io.vertx.core.Promise", "future", call("io.vertx.core.Promise", "promise", null));
    }

    private static Object executeBlocking(Callable<Object> work) {
        try {
            return Class.forName("io.vertx.core.Vertx")
                    .getMethod("executeBlocking", Callable.class)
                    .invoke(Context.VERTX, work);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(String type, String method, Object target) {
        try {
            return Class.forName(type).getMethod(method).invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
