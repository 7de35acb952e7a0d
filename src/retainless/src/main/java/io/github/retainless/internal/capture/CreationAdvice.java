package io.github.retainless.internal.capture;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is inlined at the end of each constructor of {@link Throwable}. It never runs here. */
final class CreationAdvice {
    /** Stands for the field of {@link ListenerSlot}. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Slot {}

    private CreationAdvice() {}

    /** Whatever goes wrong, a stack that overflows in the call included, the throwable is made. */
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void created(@Advice.This Throwable made, @Slot @Nullable Consumer<Throwable> slot) {
        // Each use of the parameter reads the field.
        Consumer<Throwable> listener = slot;
        if (listener != null) {
            listener.accept(made);
        }
    }
}
