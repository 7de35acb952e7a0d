package io.github.retainless.internal.capture;

import java.util.function.Consumer;

/**
 * Sees each throwable of a selection when it is made, on whichever thread, whoever swallows it. Internal to
 * experiments: public only because its users are in other packages.
 *
 * <p>The first capture in a JVM instruments {@link Throwable}; without one nothing is instrumented. That needs
 * {@code net.bytebuddy:byte-buddy-agent} on the class path, and no JVM flags. From JDK 21 on, a JVM that loads an agent
 * while it runs prints a warning on stderr; it does not with {@code -javaagent:<path of byte-buddy-agent.jar>} on its
 * command line.
 *
 * <p>What no constructor makes is not seen: throwables that are deserialised or cloned, and those the JVM makes by
 * itself, which are {@link StackOverflowError}, the {@link OutOfMemoryError}s it has ready, and the exceptions without
 * a stack trace that compiled code throws (see {@code -XX:-OmitStackTraceInFastThrow}). Nor is what is made while
 * almost no stack is left, or by a sink.
 */
public final class ThrowableCapture implements AutoCloseable {
    private final Selection selection;
    private final Consumer<Throwable> sink;
    private volatile boolean closed;

    ThrowableCapture(Selection selection, Consumer<Throwable> sink) {
        this.selection = selection;
        this.sink = sink;
    }

    /**
     * Starts to capture.
     *
     * @param selection what to capture
     * @param sink takes each throwable on the thread that makes it, at the end of the constructor of {@link Throwable}:
     *     those of its subclasses have yet to run, so its own fields are unset, and perhaps its cause. That thread may
     *     hold any lock, so the sink must not wait for one. What it throws is dropped, and what it makes is not
     *     captured
     * @throws CaptureUnavailableException if this JVM cannot be instrumented
     */
    public static ThrowableCapture start(Selection selection, Consumer<Throwable> sink) {
        ThrowableCapture capture = new ThrowableCapture(selection, sink);
        OpenCaptures.add(capture);
        return capture;
    }

    /** Ends it. Nothing made after that is delivered; a delivery on another thread may be under way. */
    @Override
    public void close() {
        closed = true;
        OpenCaptures.remove(this);
    }

    boolean matches(Class<?> type) {
        return selection.matches(type);
    }

    /** Called on the thread that makes it. */
    void deliver(Throwable made) {
        if (closed) {
            return;
        }
        try {
            sink.accept(made);
        } catch (Throwable ignored) {
            // The program, which is about to throw another, must not see it.
        }
    }
}
