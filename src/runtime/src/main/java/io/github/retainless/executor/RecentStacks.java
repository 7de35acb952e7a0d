package io.github.retainless.executor;

import io.github.retainless.internal.runtime.JdkInternals;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The stacks of recent failures, each once: tasks that fail do so in few places, and a million failures of one place
 * need one copy of its frames.
 *
 * <p>Asking a throwable for its frames is what costs most of a failure, several microseconds and hundreds of bytes. So
 * a stack is recognised by the array into which the JVM wrote it down, where that can be read; such arrays are held
 * weakly, as they refer to classes.
 */
final class RecentStacks {
    static final StackTraceElement[] NO_FRAMES = {};

    private static final int MOST_STACKS = 16;

    /** As many as the JVM itself records by default. */
    private static final int MOST_FRAMES = 1_024;

    private final AtomicReferenceArray<@Nullable Known> recent = new AtomicReferenceArray<>(MOST_STACKS);
    private int oldest;

    /** Frames, and the JVM's own note of them as long as the throwable lives from which it comes. */
    private record Known(StackTraceElement[] frames, WeakReference<@Nullable Object> backtrace) {}

    /** The frames of a failure, shared with equal ones. Not to be changed. */
    StackTraceElement[] framesOf(Throwable failure) {
        Object backtrace = Backtrace.of(failure);
        if (backtrace != null) {
            for (int i = 0; i < MOST_STACKS; i++) {
                Known known = recent.get(i);
                if (known != null && Objects.deepEquals(known.backtrace().get(), backtrace)) {
                    return known.frames();
                }
            }
        }
        return shared(read(failure), new WeakReference<>(backtrace));
    }

    private synchronized StackTraceElement[] shared(
            StackTraceElement[] frames, WeakReference<@Nullable Object> backtrace) {
        if (frames.length == 0) {
            return NO_FRAMES;
        }
        for (int i = 0; i < MOST_STACKS; i++) {
            Known known = recent.get(i);
            if (known != null && Arrays.equals(known.frames(), frames)) {
                recent.set(i, new Known(known.frames(), backtrace));
                return known.frames();
            }
        }
        recent.set(oldest, new Known(frames, backtrace));
        oldest = (oldest + 1) % MOST_STACKS;
        return frames;
    }

    private static StackTraceElement[] read(Throwable failure) {
        try {
            StackTraceElement[] frames = failure.getStackTrace();
            return frames == null
                    ? NO_FRAMES
                    : frames.length > MOST_FRAMES ? Arrays.copyOf(frames, MOST_FRAMES) : frames;
        } catch (Throwable ignored) {
            // A method of the failure throws.
            return NO_FRAMES;
        }
    }

    /**
     * Where the JVM notes the stack of a throwable until somebody asks for its frames: in arrays, whose layout is its
     * own affair.
     */
    private static final class Backtrace {
        private static final long BACKTRACE;
        private static final long FRAMES;
        private static final @Nullable Object NOT_ASKED_FOR;

        static {
            long backtrace = 0;
            long frames = 0;
            Object notAskedFor = null;
            try {
                backtrace = JdkInternals.offset(Throwable.class, "backtrace");
                frames = JdkInternals.offset(Throwable.class, "stackTrace");
                notAskedFor = JdkInternals.reference(new Throwable(), frames);
            } catch (LinkageError | InternalError | RuntimeException ignored) {
                // Then each failure is asked for its frames.
            }
            BACKTRACE = backtrace;
            FRAMES = frames;
            NOT_ASKED_FOR = notAskedFor;
        }

        /** Null if it cannot be read, or if the frames are no longer the JVM's own. */
        static @Nullable Object of(Throwable failure) {
            return NOT_ASKED_FOR != null && JdkInternals.reference(failure, FRAMES) == NOT_ASKED_FOR
                    ? JdkInternals.reference(failure, BACKTRACE)
                    : null;
        }
    }
}
