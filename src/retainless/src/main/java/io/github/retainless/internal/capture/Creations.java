package io.github.retainless.internal.capture;

import java.util.function.Consumer;

/**
 * Hands on what the constructors of {@link Throwable} report; immutable, so that reading it takes no lock.
 *
 * <p>It runs on any thread, at any depth of its stack, whatever locks that thread holds. So it must not throw, wait or
 * change anything that others see half done.
 */
final class Creations implements Consumer<Throwable> {
    /** Frames that a sink may need; it then starts at once or not at all. */
    private static final int FRAMES_FOR_A_SINK = 128;

    /** Set while this thread is in a sink, whose own throwables nobody asked for. */
    private static final ThreadLocal<Boolean> IN_SINK = new ThreadLocal<>();

    private final ThrowableCapture[] captures;

    Creations(ThrowableCapture... captures) {
        this.captures = captures;
    }

    @Override
    public void accept(Throwable made) {
        Class<?> type = made.getClass();
        for (ThrowableCapture capture : captures) {
            if (capture.matches(type)) {
                deliver(made, type);
                return;
            }
        }
    }

    private void deliver(Throwable made, Class<?> type) {
        // An overflow further in could leave the thread's table of locals, or the sink's own state, half changed.
        descend(FRAMES_FOR_A_SINK);
        if (IN_SINK.get() != null) {
            return;
        }
        IN_SINK.set(true);
        try {
            for (ThrowableCapture capture : captures) {
                if (capture.matches(type)) {
                    capture.deliver(made);
                }
            }
        } finally {
            IN_SINK.remove();
        }
    }

    /** Overflows the stack now if it has less room than this. */
    private static int descend(int frames) {
        return frames == 0 ? 0 : descend(frames - 1) + 1;
    }
}
