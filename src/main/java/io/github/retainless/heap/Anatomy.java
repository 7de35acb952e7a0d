package io.github.retainless.heap;

import java.util.List;

/**
 * What the exceptions of one class consist of, on average. An object counts for the first part that reaches it.
 *
 * @param type the name of the class, as {@link Class#getTypeName} writes it
 * @param instances how many were looked at
 * @param bytes how much one weighs, all parts together
 * @param parts the parts, the heaviest first; those of no weight are left out
 * @since 0.1.0
 */
public record Anatomy(String type, long instances, long bytes, List<Part> parts) {
    /** Copies the list. */
    public Anatomy {
        parts = List.copyOf(parts);
    }

    /**
     * A part of an exception.
     *
     * @param kind what it is
     * @param field the name of the field, of {@link Kind#PAYLOAD} only; otherwise empty
     * @param content what the field holds, of {@link Kind#PAYLOAD} only: the name of a class as {@link Class#getTypeName} writes it, of an array with the length, as in {@code byte[65536]}; if that differs from
     *     instance to instance, the class only; otherwise empty
     * @param bytes how much it weighs
     * @since 0.1.0
     */
    public record Part(Kind kind, String field, String content, long bytes) {}

    /**
     * What a part is.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** What a field of the exception's own class, or of one between it and {@link Throwable}, refers to. */
        PAYLOAD,
        /** The message. */
        MESSAGE,
        /** The stack as the JVM records it when the exception is created. */
        BACKTRACE,
        /** The stack trace elements, which are made when somebody asks for them or prints them. */
        STACK_TRACE,
        /** The cause, and what it reaches. */
        CAUSE,
        /** The suppressed exceptions, and what they reach. */
        SUPPRESSED,
        /** The exception object itself. */
        REST
    }
}
