package io.github.retainless.executor;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a failure once it has been delivered: its type, its message and its stack, all as text.
 *
 * <p>A future of {@link FixedAsyncExecutor} gives the failure itself to its first reader. Every later reader gets an
 * {@link java.util.concurrent.ExecutionException} whose cause is this summary. It refers to no other object: not to the
 * failure, its causes or its payload, not even to their classes. It has no stack trace of its own and takes neither a
 * cause nor suppressed exceptions. Its message is at most about 10,000 characters long, the part of it that is the
 * failure's message at most about 1,000.
 *
 * @since 0.1.0
 */
public final class FailureSummary extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String failureType;
    private final @Nullable String failureMessage;
    private final String text;
    private final transient @Nullable FailureRecord record;

    FailureSummary(FailureRecord record) {
        super(null, null, false, false);
        this.failureType = record.type;
        this.failureMessage = record.message;
        this.text = FailureText.of(record);
        this.record = record;
    }

    /**
     * The name of the failure's class, as {@link Class#getName()} gives it.
     *
     * @return the name
     */
    public String failureType() {
        return failureType;
    }

    /**
     * The message of the failure, cut if it is very long.
     *
     * @return the message, or null if the failure had none
     */
    public @Nullable String failureMessage() {
        return failureMessage;
    }

    /**
     * The failure in the shape of {@link Throwable#printStackTrace()}: its stack, its causes and its suppressed, cut if
     * it is very long.
     *
     * @return the text, without a line end at its end
     */
    public String failureText() {
        return text;
    }

    /**
     * Says that the failure has been delivered before, and gives {@link #failureText()}, so that a log shows what went
     * wrong.
     *
     * @return the message
     */
    @Override
    public String getMessage() {
        return "delivered to an earlier reader, here is its text:\n" + text;
    }

    /** What it was made of; null if it was read from a stream. */
    @Nullable
    FailureRecord record() {
        return record;
    }
}
