package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerEvent;
import io.github.resilience4j.consumer.DefaultEventConsumerRegistry;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;

/** Circuit breakers that come and go, a buffer of events for each: the registry of the buffers may never forget one. */
enum ResilienceEventsSubject implements CorpusSubject {
    BUFFERS_OF_REMOVED_BREAKERS_2_2_0(
            "2.2.0",
            "a call fails behind a breaker of its own, which is removed",
            GROWING,
            "resilience4j-consumer-2.2.0.jar") {
        @Override
        void forget(DefaultEventConsumerRegistry<CircuitBreakerEvent> buffers, String payee) {}
    },
    BUFFERS_OF_REMOVED_BREAKERS_REMOVED_2_4_0(
            "2.4.0", "a call fails behind a breaker of its own, which is removed with its buffer", RELEASED) {
        @Override
        void forget(DefaultEventConsumerRegistry<CircuitBreakerEvent> buffers, String payee) {
            buffers.removeEventConsumer(payee);
        }
    };

    private final Entry entry;

    ResilienceEventsSubject(String version, String task, Verdict right, String... jars) {
        Library library = Library.isolated("Resilience4j", version, DefaultEventConsumerRegistry.class, jars);
        entry = Entry.of(library, task, right)
                .issue("resilience4j/resilience4j#2243")
                .fixedIn("2.3.0, removeEventConsumer");
    }

    abstract void forget(DefaultEventConsumerRegistry<CircuitBreakerEvent> buffers, String payee);

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        DefaultEventConsumerRegistry<CircuitBreakerEvent> buffers = new DefaultEventConsumerRegistry<>();
        return RetentionExperiment.of(attempt -> {
            String payee = "payee " + attempt.number();
            CircuitBreaker breaker = breakers.circuitBreaker(payee);
            breaker.getEventPublisher().onEvent(buffers.createEventConsumer(payee, 10));
            try {
                breaker.executeRunnable(() -> {
                    throw new PaymentDeclined("declined");
                });
            } finally {
                breakers.remove(payee);
                forget(buffers, payee);
            }
        });
    }
}
