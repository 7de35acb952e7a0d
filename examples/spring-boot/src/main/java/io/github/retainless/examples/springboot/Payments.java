package io.github.retainless.examples.springboot;

import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;

/** Pays orders in the background. */
class Payments {
    private final Gateway gateway;

    Payments(Gateway gateway) {
        this.gateway = gateway;
    }

    @Async
    public CompletableFuture<String> pay(String order) {
        return CompletableFuture.completedFuture(gateway.pay(order));
    }
}
