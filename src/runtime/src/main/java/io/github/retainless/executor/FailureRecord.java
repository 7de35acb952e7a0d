package io.github.retainless.executor;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a failure that was delivered: names, messages and frames, bounded, and no object that was the
 * failure's own. Made so that no method which the failure overrides can break it. Many futures may share one.
 */
final class FailureRecord {
    final String type;
    final @Nullable String message;
    final StackTraceElement[] frames;

    // Null for most failures, so that a record takes no more room than it must: a million futures may each keep one.
    private final @Nullable String unusualHeading;
    final @Nullable Related related;

    record Related(FailureRecord[] suppressed, @Nullable FailureRecord cause) {}

    private FailureRecord(
            String type,
            @Nullable String message,
            String heading,
            StackTraceElement[] frames,
            @Nullable Related related) {
        this.type = type;
        this.message = message;
        this.unusualHeading = isUsual(heading, type, message) ? null : heading;
        this.frames = frames;
        this.related = related;
    }

    /**
     * Records a failure.
     *
     * @param heading what {@link FailureText#heading} says of it
     * @param frames its frames, as {@link RecentStacks#framesOf} has them
     * @param stacks where those of its causes and suppressed come from
     * @param like a record to give instead if it says the same, or null
     */
    static FailureRecord of(
            Throwable failure,
            String heading,
            StackTraceElement[] frames,
            RecentStacks stacks,
            @Nullable FailureRecord like) {
        if (failure instanceof FailureSummary passedOn && passedOn.record() != null) {
            return passedOn.record();
        }
        try {
            Throwable[] suppressed = failure.getSuppressed();
            Throwable cause = causeOf(failure);
            return suppressed.length == 0 && cause == null
                    ? ofOne(failure, heading, frames, like)
                    : new Writer(stacks).record(failure, heading, frames, suppressed, cause);
        } catch (Throwable ignored) {
            // Memory has most likely run out.
            String type = failure.getClass().getName();
            return new FailureRecord(type, null, type, RecentStacks.NO_FRAMES, null);
        }
    }

    /** Most failures stand alone; then nothing is made that is not kept. */
    private static FailureRecord ofOne(
            Throwable failure, String heading, StackTraceElement[] frames, @Nullable FailureRecord like) {
        String type = failure.getClass().getName();
        String message = FailureText.message(failure);
        String bounded = FailureText.bounded(heading);
        return like != null && like.says(type, message, bounded, frames)
                ? like
                : new FailureRecord(type, message, bounded, frames, null);
    }

    private static @Nullable Throwable causeOf(Throwable failure) {
        try {
            return failure.getCause();
        } catch (Throwable ignored) {
            // A method of the failure throws.
            return null;
        }
    }

    /** One line: what the failure's {@code toString()} said, bounded. */
    String heading() {
        return unusualHeading != null ? unusualHeading : message == null ? type : type + ": " + message;
    }

    /** Whether it is what {@link Throwable#toString()} makes of the others. */
    private static boolean isUsual(String heading, String type, @Nullable String message) {
        return message == null
                ? heading.equals(type)
                : heading.length() == type.length() + 2 + message.length()
                        && heading.startsWith(type)
                        && heading.startsWith(": ", type.length())
                        && heading.endsWith(message);
    }

    private boolean says(String type, @Nullable String message, String heading, StackTraceElement[] frames) {
        return this.frames == frames
                && this.type.equals(type)
                && Objects.equals(this.message, message)
                && (unusualHeading == null ? isUsual(heading, type, message) : unusualHeading.equals(heading))
                && related == null;
    }

    private static final class Writer {
        private final RecentStacks stacks;
        private final Set<Throwable> written = Collections.newSetFromMap(new IdentityHashMap<>());

        /** Characters that a text may still have; each throwable takes some, so this bounds the recursion as well. */
        private int room = FailureText.TEXT_LIMIT;

        Writer(RecentStacks stacks) {
            this.stacks = stacks;
        }

        FailureRecord record(
                Throwable failure,
                String heading,
                StackTraceElement[] frames,
                Throwable[] suppressed,
                @Nullable Throwable cause) {
            written.add(failure);
            String bounded = FailureText.bounded(heading);
            room -= bounded.length() + 1;
            FailureRecord[] records = new FailureRecord[suppressed.length];
            int count = 0;
            for (int i = 0; i < suppressed.length && room > 0; i++) {
                records[count++] = recordOnce(suppressed[i]);
            }
            Related related =
                    new Related(Arrays.copyOf(records, count), cause == null || room <= 0 ? null : recordOnce(cause));
            return new FailureRecord(
                    failure.getClass().getName(), FailureText.message(failure), bounded, frames, related);
        }

        private FailureRecord recordOnce(Throwable failure) {
            String heading = FailureText.heading(failure);
            if (!written.contains(failure)) {
                return record(failure, heading, stacks.framesOf(failure), failure.getSuppressed(), causeOf(failure));
            }
            String again = FailureText.bounded(heading) + " (shown above)";
            room -= again.length() + 1;
            return new FailureRecord(failure.getClass().getName(), null, again, RecentStacks.NO_FRAMES, null);
        }
    }
}
