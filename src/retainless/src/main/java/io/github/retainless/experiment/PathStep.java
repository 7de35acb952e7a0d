package io.github.retainless.experiment;

import java.io.Serializable;

/**
 * One reference of a path; the first one starts at a GC root. Where the paths of a {@link Signature} differ in an
 * index, a key or a number in a thread's name, it stands there as {@code *}.
 *
 * @param kind what holds, and how
 * @param holder who holds: the name of a class, or with {@link Kind#THREAD} and {@link Kind#LOCAL} the thread's name;
 *     with {@link Kind#OUTSIDE} and {@link Kind#NATIVE} in words who or what
 * @param owner where {@code member} is declared: the name of a class; empty where there is none
 * @param member what of it holds: a field, an index, a key, a method with file and line; empty where nothing is to be
 *     said
 * @param type the name of the class of what is held, as {@link Class#getTypeName} writes it
 * @param repeated whether the step, or the steps that repeat it right before and after, stands for any number in a row
 * @since 0.1.0
 */
public record PathStep(Kind kind, String holder, String owner, String member, String type, boolean repeated)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /**
     * What holds, and how.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** A static field: {@code member} of the class {@code holder}. */
        STATIC,
        /** A live thread, by name. */
        THREAD,
        /**
         * A local variable of a method on a thread's stack: {@code member} is {@code run(Worker.java:42)},
         * {@code owner} the method's class.
         */
        LOCAL,
        /**
         * What an experiment was told is not its subject: {@code holder} is {@code instance of}, {@code executor} or
         * {@code task}.
         */
        OUTSIDE,
        /** Something else in the JVM, such as a JNI reference. */
        NATIVE,
        /** A field of an object. */
        FIELD,
        /** An element of an array, a list, a set or a queue; {@code member} is its index, or {@code *}. */
        ELEMENT,
        /** A value of a map; {@code member} is its key, in quotes if it is a text, or {@code *}. */
        ENTRY,
        /** A key of a map. */
        KEY,
        /**
         * The value of a thread-local of the thread: {@code member} is the static field that holds the thread-local,
         * {@code owner} that field's class; if there is none, both are empty.
         */
        THREAD_LOCAL
    }
}
