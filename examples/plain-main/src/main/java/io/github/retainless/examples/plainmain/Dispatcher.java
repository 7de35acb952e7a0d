package io.github.retainless.examples.plainmain;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Sends charges and keeps track of those in flight. Both kinds work alike, until charges fail. */
abstract class Dispatcher {
    final Map<Long, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    CompletableFuture<Void> charge(String card) {
        long id = ids.incrementAndGet();
        CompletableFuture<Void> charge = CompletableFuture.runAsync(() -> {
            throw new Declined(card, new byte[64 * 1024]);
        });
        inFlight.put(id, charge);
        removeWhenDone(id, charge);
        return charge;
    }

    abstract void removeWhenDone(long id, CompletableFuture<Void> charge);

    /** Forgets only the charges that succeed. */
    static final class Leaky extends Dispatcher {
        @Override
        void removeWhenDone(long id, CompletableFuture<Void> charge) {
            charge.thenRun(() -> inFlight.remove(id));
        }
    }

    /** Forgets every charge. */
    static final class Repaired extends Dispatcher {
        @Override
        void removeWhenDone(long id, CompletableFuture<Void> charge) {
            charge.whenComplete((done, failure) -> inFlight.remove(id));
        }
    }

    /** Carries the response that says why. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient byte[] response;

        Declined(String card, byte[] response) {
            super(card + " was declined");
            this.response = response;
        }

        byte[] response() {
            return response;
        }
    }
}
