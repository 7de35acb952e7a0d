package io.github.retainless.lab.subjects;

/** The failure of most subjects; carries a payload. */
public final class PaymentDeclined extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient byte[] payload;

    public PaymentDeclined(String message) {
        this(message, null);
    }

    public PaymentDeclined(String message, Throwable cause) {
        super(message, cause);
        payload = new byte[1024];
    }

    PaymentDeclined(byte[] payload) {
        super("declined");
        this.payload = payload;
    }

    byte[] payload() {
        return payload;
    }
}
