package io.github.retainless.internal.capture;

import org.jspecify.annotations.Nullable;

/** Throwables cannot be captured in this JVM. Its message says why and what to do. */
public final class CaptureUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final String remedy;

    CaptureUnavailableException(String reason, String remedy, @Nullable Throwable cause) {
        super("throwables cannot be captured where they are made: " + reason + "; " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Why. */
    public String reason() {
        return reason;
    }

    /** What to change. */
    public String remedy() {
        return remedy;
    }
}
