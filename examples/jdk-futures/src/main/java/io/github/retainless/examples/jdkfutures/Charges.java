package io.github.retainless.examples.jdkfutures;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends charges to a payment gateway; one that has no answer after a minute fails. */
abstract class Charges implements AutoCloseable {
    private final ExecutorService senders = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "charge-timeouts"));

    CompletableFuture<String> charge(String card) {
        CompletableFuture<String> charge = CompletableFuture.supplyAsync(() -> send(card), senders);
        Future<?> timeout = timer.schedule(
                () -> charge.completeExceptionally(new TimeoutException("no answer about " + card)),
                1,
                TimeUnit.MINUTES);
        return settling(charge, timeout);
    }

    /** What the caller gets. */
    abstract CompletableFuture<String> settling(CompletableFuture<String> charge, Future<?> timeout);

    /** Stands for the gateway, which declines this card at once. */
    private static String send(String card) {
        throw new Declined(card, new byte[8 * 1024]);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        senders.shutdownNow();
    }

    /** For a minute, the timer's queue holds every charge, and with it the failure. */
    static final class Leaky extends Charges {
        @Override
        CompletableFuture<String> settling(CompletableFuture<String> charge, Future<?> timeout) {
            return charge;
        }
    }

    /** Cancels the time-out once there is an outcome. {@link CompletableFuture#orTimeout} does so by itself. */
    static final class Repaired extends Charges {
        @Override
        CompletableFuture<String> settling(CompletableFuture<String> charge, Future<?> timeout) {
            return charge.whenComplete((receipt, failure) -> timeout.cancel(false));
        }
    }

    /** Carries the gateway's answer. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient byte[] answer;

        Declined(String card, byte[] answer) {
            super(card + " was declined");
            this.answer = answer;
        }
    }
}
