package io.github.retainless.internal.outcome;

import org.jspecify.annotations.Nullable;

/** What a task handed over cannot be observed. */
public final class UnobservableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    UnobservableException(String reason, String remedy) {
        this(reason, remedy, null);
    }

    UnobservableException(String reason, String remedy, @Nullable Throwable cause) {
        super(reason + ". " + remedy, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** What is wrong: starts with {@code cannot observe a} and the type, and has no full stop. */
    public String reason() {
        return reason;
    }

    /** What to do about it, in whole sentences. */
    public String remedy() {
        return remedy;
    }
}
