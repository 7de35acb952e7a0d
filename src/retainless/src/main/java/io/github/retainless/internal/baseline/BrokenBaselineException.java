package io.github.retainless.internal.baseline;

import java.io.IOException;

/** A baseline that can't be read as it is, or not written; the message says where, what is wrong and what to do. */
public final class BrokenBaselineException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenBaselineException(String message, Exception cause) {
        super(message, cause);
    }

    BrokenBaselineException(String message) {
        super(message);
    }
}
