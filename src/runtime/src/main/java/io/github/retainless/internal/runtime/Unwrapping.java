package io.github.retainless.internal.runtime;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What the JDK's futures wrap around a failure, taken off again; and other questions to exceptions that may be hostile.
 */
public final class Unwrapping {
    private static final int DEEPEST = 100;

    private Unwrapping() {}

    /**
     * The failure inside {@link ExecutionException}s and {@link CompletionException}s; the outermost if there is none.
     */
    public static Throwable unwrap(Throwable wrapped) {
        Throwable failure = wrapped;
        for (int depth = 0; depth < DEEPEST && isWrapper(failure); depth++) {
            Throwable cause = causeOf(failure);
            if (cause == null) {
                break;
            }
            failure = cause;
        }
        return failure;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getClass() == ExecutionException.class || failure.getClass() == CompletionException.class;
    }

    public static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable ignored) {
            // Its getCause() throws.
            return null;
        }
    }

    /** Class and message; says so where the message cannot be had. */
    public static String describe(Throwable failure) {
        String name = failure.getClass().getName();
        try {
            String message = failure.getMessage();
            return message == null ? name : name + ": " + message;
        } catch (Throwable thrown) {
            return name + " (its getMessage() throws " + thrown.getClass().getName() + ")";
        }
    }
}
