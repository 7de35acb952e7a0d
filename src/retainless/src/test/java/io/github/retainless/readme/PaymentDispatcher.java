package io.github.retainless.readme;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps track of the charges in flight; forgets to do so when they fail. */
final class PaymentDispatcher {
    private final Map<Long, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    CompletableFuture<Void> charge(String card) {
        long id = ids.incrementAndGet();
        CompletableFuture<Void> charge = CompletableFuture.runAsync(() -> {
            throw new PaymentDeclined(new byte[64 * 1024]);
        });
        inFlight.put(id, charge);
        charge.thenRun(() -> inFlight.remove(id)); // whenComplete would do
        return charge;
    }
}
