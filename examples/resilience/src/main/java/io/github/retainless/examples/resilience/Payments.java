package io.github.retainless.examples.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.event.RetryEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;

/** Pays through a gateway that is tried three times, behind a circuit breaker; tells how often it was tried again. */
abstract class Payments implements AutoCloseable {
    private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("gateway");
    final Retry retry = Retry.of(
            "gateway",
            RetryConfig.custom()
                    .maxAttempts(3)
                    .waitDuration(Duration.ofMillis(1))
                    .build());
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    CompletionStage<String> pay(String order) {
        return retry.executeCompletionStage(
                scheduler,
                () -> breaker.executeCompletionStage(() -> CompletableFuture.supplyAsync(() -> send(order))));
    }

    /** Stands for the gateway, which is down. */
    private static String send(String order) {
        throw new IllegalStateException("no connection for " + order);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    /**
     * Each payment listens for its events. A publisher of Resilience4j has no way to take a listener back, so each
     * stays with the events, and so the failures, that it has collected; and hears of all later payments, too.
     */
    static final class Leaky extends Payments {
        @Override
        CompletionStage<String> pay(String order) {
            List<RetryEvent> events = new ArrayList<>();
            retry.getEventPublisher().onEvent(events::add);
            return super.pay(order);
        }
    }

    /** One listener for all payments, which keeps a number. */
    static final class Repaired extends Payments {
        private final LongAdder retries = new LongAdder();

        Repaired() {
            retry.getEventPublisher().onRetry(event -> retries.increment());
        }

        long retries() {
            return retries.sum();
        }
    }
}
