package io.github.retainless.examples.seedstory;

/** A failure that carries the data it failed on, as the investigation's tasks did. */
final class PayloadException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient byte[] payload;

    PayloadException(String message, int payloadBytes) {
        this(message, payloadBytes, null);
    }

    PayloadException(String message, int payloadBytes, Throwable cause) {
        super(message, cause);
        payload = new byte[payloadBytes];
    }

    int payloadBytes() {
        return payload.length;
    }
}
