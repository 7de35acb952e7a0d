package io.github.retainless.lab.peers;

/** The failure that is leaked: it carries a payload, as the failures that fill heaps do. */
final class PaymentDeclined extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient byte[] payload = new byte[16 * 1024];

    PaymentDeclined(String message) {
        super(message);
    }
}
