package io.github.retainless.watch;

import static io.github.retainless.testing.Soon.await;
import static io.github.retainless.watch.Failing.fail;
import static io.github.retainless.watch.Failing.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hostile failures, and a callback that throws. Very many failures are in RetentionWatchMillionTests. */
@Timeout(120)
class RetentionWatchHardshipTests {
    private final Queue<RetentionAlert> alerts = new ConcurrentLinkedQueue<>();

    private RetentionWatch.Builder builder(String name) {
        return RetentionWatch.builder(name)
                .pace(Failing.FAST)
                .minAge(Duration.ZERO)
                .onGrowth(alerts::add);
    }

    @Test
    void callbackThatThrows_doesNotEndTheWatch() {
        List<Object> leak = new ArrayList<>();
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        Consumer<RetentionAlert> callback = alert -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown));
            alerts.add(alert);
            throw new AssertionError("from the callback");
        };
        try (RetentionWatch watch = builder("throwing").onGrowth(callback).build()) {
            run(watch, 7, () -> fail(watch, 500, leak));
            await().until(() -> uncaught.get() != null);
            run(watch, 14, () -> fail(watch, 500, leak));

            await().until(() -> alerts.size() >= 2);
            assertThat(uncaught.get()).hasMessage("from the callback");
        }
        Reference.reachabilityFence(leak);
    }

    /** Nothing of it may be called. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("equals");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("hashCode");
        }

        @Override
        public String getMessage() {
            throw new IllegalStateException("getMessage");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("getStackTrace");
        }
    }

    @Test
    void hostileException_isWatchedAsAnyOther() {
        List<Object> leak = new ArrayList<>();
        try (RetentionWatch watch = builder("hostile").alertFrom(2_000).build()) {
            run(watch, 7, () -> failHostile(watch, 500, leak));
            await().until(() -> !alerts.isEmpty());

            assertThat(watch.snapshot().retained()).isEqualTo(3_500);
            assertThat(alerts).hasSize(1);
            assertThat(alerts.element().message()).contains(" " + Hostile.class.getName() + ".");
        }
        Reference.reachabilityFence(leak);
    }

    private static void failHostile(RetentionWatch watch, int times, Collection<Object> holder) {
        for (int i = 0; i < times; i++) {
            Hostile failure = new Hostile();
            holder.add(failure);
            watch.failed(failure);
            watch.failed(new CompletionException("wrapped", failure));
        }
    }
}
