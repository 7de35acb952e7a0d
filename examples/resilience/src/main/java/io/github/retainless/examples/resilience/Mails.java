package io.github.retainless.examples.resilience;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.event.ExecutionCompletedEvent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends mails, three times if need be; those that could not be sent are listed for an operator. */
abstract class Mails {
    private final FailsafeExecutor<String> failsafe = Failsafe.with(RetryPolicy.<String>builder()
            .withMaxRetries(2)
            .withDelay(Duration.ofMillis(1))
            .onRetriesExceeded(this::giveUp)
            .build());

    CompletableFuture<String> send(String mail) {
        return failsafe.getAsync(() -> {
            throw new IllegalStateException("mailbox full: " + mail);
        });
    }

    abstract void giveUp(ExecutionCompletedEvent<String> event);

    /** Lists what Failsafe hands over: an event holds its failure and the execution. */
    static final class Leaky extends Mails {
        final Queue<ExecutionCompletedEvent<String>> unsent = new ConcurrentLinkedQueue<>();

        @Override
        void giveUp(ExecutionCompletedEvent<String> event) {
            unsent.add(event);
        }
    }

    /** Lists what an operator reads. */
    static final class Repaired extends Mails {
        final Queue<String> unsent = new ConcurrentLinkedQueue<>();

        @Override
        void giveUp(ExecutionCompletedEvent<String> event) {
            unsent.add(event.getException().getMessage());
        }
    }
}
