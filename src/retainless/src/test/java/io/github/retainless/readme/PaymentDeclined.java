package io.github.retainless.readme;

final class PaymentDeclined extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient byte[] response;

    PaymentDeclined(byte[] response) {
        super("declined");
        this.response = response;
    }
}
