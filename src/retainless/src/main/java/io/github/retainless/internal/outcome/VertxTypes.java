package io.github.retainless.internal.outcome;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletionStage;

/** Vert.x's {@code Future}. By name: compiling against it takes annotations of another library, or gives warnings. */
final class VertxTypes {
    private VertxTypes() {}

    static Object future(Object outcome) throws Throwable {
        return MethodHandles.publicLookup()
                .findVirtual(
                        Class.forName("io.vertx.core.Future"),
                        "toCompletionStage",
                        MethodType.methodType(CompletionStage.class))
                .invoke(outcome);
    }
}
