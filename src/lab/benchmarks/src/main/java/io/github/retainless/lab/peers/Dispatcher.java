package io.github.retainless.lab.peers;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What the race asks about: payments that are declined on a pool, and a registry of those in flight. */
final class Dispatcher {
    private final Map<Integer, CompletableFuture<String>> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final boolean leaks;
    private final ExecutorService pool = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A new one.
     *
     * @param leaks whether its payments leave the registry only when they succeed
     */
    Dispatcher(boolean leaks) {
        this.leaks = leaks;
    }

    /** A payment that is going to be declined. */
    CompletableFuture<String> charge() {
        int number = numbers.incrementAndGet();
        CompletableFuture<String> charge = CompletableFuture.supplyAsync(
                () -> {
                    throw new PaymentDeclined("payment " + number + " declined");
                },
                pool);
        inFlight.put(number, charge);
        if (leaks) {
            charge.thenRun(() -> inFlight.remove(number));
            return charge;
        }
        return charge.whenComplete((receipt, declined) -> inFlight.remove(number));
    }

    /** What the payment fails with. */
    Throwable declined() throws InterruptedException {
        try {
            charge().get();
            throw new IllegalStateException("a payment that nobody declined");
        } catch (ExecutionException declined) {
            return declined.getCause();
        }
    }
}
