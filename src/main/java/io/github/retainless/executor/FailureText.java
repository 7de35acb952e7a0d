package io.github.retainless.executor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failure as text, in the shape of {@link Throwable#printStackTrace()}, but bounded, and written so that no method which the
 * failure overrides can break it.
 */
final class FailureText {
    static final int HEADING_LIMIT = 1_000;
    static final int TEXT_LIMIT = 10_000;

    private static final StackTraceElement[] NO_FRAMES = {};

    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());

    private FailureText() {}

    /** The failure with its stack, its causes and its suppressed. */
    static String of(Throwable failure) {
        FailureText out = new FailureText();
        out.write(failure, "", "", NO_FRAMES);
        return out.cut();
    }

    /** What {@code toString()} says, whole; or what can be said where it throws. */
    static String heading(Throwable failure) {
        try {
            return String.valueOf(failure.toString());
        } catch (Throwable hostile) {
            return failure.getClass().getName() + " (unreadable: toString() threw "
                    + hostile.getClass().getName() + ")";
        }
    }

    /** What {@code getMessage()} says, bounded; or what can be said where it throws. */
    static @Nullable String message(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (Throwable hostile) {
            return "(unreadable: getMessage() threw " + hostile.getClass().getName() + ")";
        }
        return message == null ? null : bounded(message);
    }

    static String bounded(String line) {
        return line.length() <= HEADING_LIMIT
                ? line
                : line.substring(0, HEADING_LIMIT) + "... (" + (line.length() - HEADING_LIMIT) + " more characters)";
    }

    // Each level writes something, so the limit on the text bounds the recursion as well.
    private void write(Throwable failure, String indent, String caption, StackTraceElement[] enclosing) {
        text.append(indent).append(caption).append(bounded(heading(failure)));
        if (!written.add(failure)) {
            text.append(" (shown above)\n");
            return;
        }
        text.append('\n');
        StackTraceElement[] frames = framesOf(failure);
        int own = frames.length - commonTail(frames, enclosing);
        for (int i = 0; i < own && !isFull(); i++) {
            text.append(indent).append("\tat ").append(frames[i]).append('\n');
        }
        if (own < frames.length) {
            text.append(indent)
                    .append("\t... ")
                    .append(frames.length - own)
                    .append(" more")
                    .append('\n');
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            if (isFull()) {
                return;
            }
            write(suppressed, indent + "\t", "Suppressed: ", frames);
        }
        Throwable cause = causeOf(failure);
        if (cause != null && !isFull()) {
            write(cause, indent, "Caused by: ", frames);
        }
    }

    private boolean isFull() {
        return text.length() > TEXT_LIMIT;
    }

    private String cut() {
        if (isFull()) {
            text.setLength(TEXT_LIMIT);
            return text.append("... (cut)").toString();
        }
        return text.substring(0, text.length() - 1);
    }

    private static StackTraceElement[] framesOf(Throwable failure) {
        try {
            StackTraceElement[] frames = failure.getStackTrace();
            return frames == null ? NO_FRAMES : frames;
        } catch (Throwable hostile) {
            return NO_FRAMES;
        }
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable hostile) {
            return null;
        }
    }

    private static int commonTail(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int common = 0;
        while (common < frames.length
                && common < enclosing.length
                && frames[frames.length - 1 - common].equals(enclosing[enclosing.length - 1 - common])) {
            common++;
        }
        return common;
    }
}
