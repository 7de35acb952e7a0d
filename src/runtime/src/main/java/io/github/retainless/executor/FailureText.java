package io.github.retainless.executor;

import org.jspecify.annotations.Nullable;

/** A failure as text, in the shape of {@link Throwable#printStackTrace()}, but bounded. */
final class FailureText {
    static final int HEADING_LIMIT = 1_000;
    static final int TEXT_LIMIT = 10_000;

    private final StringBuilder text = new StringBuilder();

    private FailureText() {}

    /** The failure with its stack, its causes and its suppressed. */
    static String of(FailureRecord failure) {
        FailureText out = new FailureText();
        out.write(failure, "", "", RecentStacks.NO_FRAMES);
        return out.cut();
    }

    /** What {@code toString()} says, whole; or what can be said where it throws. */
    static String heading(Throwable failure) {
        if (failure instanceof FailureSummary passedOn && passedOn.record() != null) {
            return passedOn.record().heading();
        }
        try {
            return String.valueOf(failure.toString());
        } catch (Throwable thrown) {
            return failure.getClass().getName() + " (unreadable: toString() threw "
                    + thrown.getClass().getName() + ")";
        }
    }

    /** What {@code getMessage()} says, bounded; or what can be said where it throws. */
    static @Nullable String message(Throwable failure) {
        String message;
        try {
            message = failure.getMessage();
        } catch (Throwable thrown) {
            return "(unreadable: getMessage() threw " + thrown.getClass().getName() + ")";
        }
        return message == null ? null : bounded(message);
    }

    static String bounded(String line) {
        return line.length() <= HEADING_LIMIT
                ? line
                : line.substring(0, HEADING_LIMIT) + "... (" + (line.length() - HEADING_LIMIT) + " more characters)";
    }

    private void write(FailureRecord failure, String indent, String caption, StackTraceElement[] enclosing) {
        text.append(indent).append(caption).append(failure.heading()).append('\n');
        StackTraceElement[] frames = failure.frames;
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
        if (failure.related != null) {
            writeRelated(failure.related, indent, frames);
        }
    }

    private void writeRelated(FailureRecord.Related related, String indent, StackTraceElement[] frames) {
        for (FailureRecord suppressed : related.suppressed()) {
            if (isFull()) {
                return;
            }
            write(suppressed, indent + "\t", "Suppressed: ", frames);
        }
        if (related.cause() != null && !isFull()) {
            write(related.cause(), indent, "Caused by: ", frames);
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
