package io.github.retainless.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What the exceptions of one class consist of, on average. An object counts for the first part that reaches it.
 *
 * @param type the name of the class, as {@link Class#getTypeName} writes it; a lambda's ends with {@code $$Lambda}
 * @param instances how many were looked at
 * @param bytes how much one weighs, all parts together
 * @param parts the parts, the heaviest first; those of no weight are left out
 * @since 0.1.0
 */
public record Anatomy(String type, long instances, long bytes, List<Part> parts) {
    private static final long NOTEWORTHY = 1 << 10;

    /** Copies the list. */
    public Anatomy {
        parts = List.copyOf(parts);
    }

    /** The part that weighs more than half of the whole, and at least 1 KiB; empty if there is none. */
    public Optional<Part> dominant() {
        return parts.stream()
                .filter(part -> part.bytes() > bytes / 2 && part.bytes() >= NOTEWORTHY)
                .findFirst();
    }

    /**
     * What to do about an exception that one part dominates, in a sentence; empty if none does, or if that is nothing
     * to do anything about.
     */
    public String advice() {
        return dominant().map(this::advice).orElse("");
    }

    private String advice(Part part) {
        String share = " is " + 100 * part.bytes() / bytes + " % of each: ";
        String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        return switch (part.kind()) {
            case PAYLOAD ->
                name + "." + part.field() + share
                        + "keep what tells the case (its length, a hash, an id) instead of the data.";
            case MESSAGE ->
                "The message of " + name + share
                        + "let it name the case (a length, a hash, an id) instead of the data.";
            case STACK_TRACE ->
                "The stack trace of " + name + share
                        + "it was asked for, or printed, while somebody held the exception.";
            case SUPPRESSED ->
                "What " + name + " suppresses" + share + "let a retry add the first few failures and count the others.";
            case CAUSE, BACKTRACE, REST -> "";
        };
    }

    /**
     * A part of an exception.
     *
     * @param kind what it is
     * @param field the name of the field, of {@link Kind#PAYLOAD} only; otherwise empty
     * @param content what the field holds, of {@link Kind#PAYLOAD} only: the name of a class as
     *     {@link Class#getTypeName} writes it, of an array with the length, as in {@code byte[65536]}; if the length
     *     differs from instance to instance, without it; if the class does, the declared type; otherwise empty
     * @param bytes how much it weighs
     * @since 0.1.0
     */
    public record Part(Kind kind, String field, String content, long bytes) {}

    /**
     * What a part is, in the order in which parts claim what several of them reach.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /**
         * What a field of the exception's own class, or of one between it and {@link Throwable}, refers to. Of an
         * object that is no exception, what any field does, and the elements of an array, as field {@code [*]}.
         */
        PAYLOAD,
        /** The message. */
        MESSAGE,
        /** The stack as the JVM records it when the exception is created. */
        BACKTRACE,
        /**
         * The stack trace elements, which are made when somebody asks for them or prints them, without the names in
         * them.
         */
        STACK_TRACE,
        /** The suppressed exceptions, and what they reach. */
        SUPPRESSED,
        /**
         * The cause, and what it reaches; also that in a field of the exception's own that is declared as a
         * {@link Throwable}.
         */
        CAUSE,
        /** The object itself. */
        REST
    }
}
