package io.github.retainless.examples.springboot;

import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.Retryable;
import org.springframework.stereotype.Component;

/** The way to the payment provider. It stands for one that is down. */
interface Gateway {
    String pay(String order);

    /**
     * Stateful, because it sounded safer. Such a method throws each failure to its caller and waits for the same order
     * to come again; until then it keeps the order and its failure. The caller never comes again.
     */
    @Component("leakyGateway")
    class Leaky implements Gateway {
        @Override
        @Retryable(stateful = true, backoff = @Backoff(1))
        public String pay(String order) {
            throw new IllegalStateException("no connection for " + order);
        }
    }

    /** Tries three times within the call, and keeps nothing after it. */
    @Component("repairedGateway")
    class Repaired implements Gateway {
        @Override
        @Retryable(backoff = @Backoff(1))
        public String pay(String order) {
            throw new IllegalStateException("no connection for " + order);
        }
    }
}
