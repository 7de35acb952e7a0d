package io.github.retainless.lab.benchmark;

/** How tasks fail: with a stack trace, and with a payload where it matters. */
final class Declined extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("unused") // Kept, that is its use.
    private final transient byte[] payload;

    Declined(String message, byte[] payload) {
        super(message);
        this.payload = payload;
    }
}
