package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnErrorEvent;
import io.github.resilience4j.consumer.CircularEventConsumer;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Circuit breaker, retry and event buffer of Resilience4j, retry of Mutiny. */
enum ResilienceSubject implements CorpusSubject {
    CIRCUIT_BREAKER(
            resilience4j(CircuitBreaker.class, "a circuit breaker", RELEASED).issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return chargesThrough(circuitBreaker());
        }
    },
    RETRY_ASYNC(resilience4j(Retry.class, "an asynchronous retry that is exhausted", RELEASED)
            .issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            Retry retry = Retry.of(
                    "payments",
                    RetryConfig.custom()
                            .maxAttempts(2)
                            .waitDuration(Duration.ofMillis(1))
                            .build());
            ScheduledExecutorService scheduler = scope.ending(Executors.newScheduledThreadPool(1));
            return RetentionExperiment.of(() -> retry.executeCompletionStage(
                    scheduler, () -> CompletableFuture.failedFuture(new PaymentDeclined("declined"))));
        }
    },
    CIRCULAR_EVENT_BUFFER_OF_50(resilience4j(
            CircularEventConsumer.class, "a circular buffer of a circuit breaker's last 50 error events", BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            CircuitBreaker breaker = circuitBreaker();
            CircularEventConsumer<CircuitBreakerOnErrorEvent> last = new CircularEventConsumer<>(50);
            breaker.getEventPublisher().onError(last);
            return chargesThrough(breaker);
        }
    },
    MUTINY_RETRY(Entry.of(Library.of("Mutiny", "3.0.1", Uni.class), "a retry that is exhausted", RELEASED)
            .issue("control")) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return RetentionExperiment.of(() -> Uni.createFrom()
                    .failure(() -> new PaymentDeclined("declined"))
                    .onFailure()
                    .retry()
                    .atMost(1)
                    .subscribeAsCompletionStage());
        }
    };

    private final Entry entry;

    ResilienceSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry resilience4j(Class<?> from, String task, Verdict right) {
        return Entry.of(Library.of("Resilience4j", "2.4.0", from), task, right);
    }

    private static CircuitBreaker circuitBreaker() {
        return CircuitBreaker.of(
                "payments",
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(100)
                        .minimumNumberOfCalls(Integer.MAX_VALUE)
                        .build());
    }

    private static RetentionExperiment chargesThrough(CircuitBreaker breaker) {
        return RetentionExperiment.of((RetentionExperiment.Action) () -> breaker.executeRunnable(() -> {
            throw new PaymentDeclined("declined");
        }));
    }
}
