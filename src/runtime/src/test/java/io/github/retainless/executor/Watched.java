package io.github.retainless.executor;

import static io.github.retainless.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Objects that are to be let go, or are to stay.
 *
 * <p>Settle in a frame that never had one of them in a local: an interpreted frame keeps dead locals.
 */
public final class Watched {
    private static final int FLUSHES = 16;

    private final Queue<WeakReference<Object>> references = new ConcurrentLinkedQueue<>();

    public <T> T add(T object) {
        references.add(new WeakReference<>(object));
        return object;
    }

    public int size() {
        return references.size();
    }

    public void awaitReleased(ExecutorService executor) {
        awaitReleased(Map.of(this, executor));
    }

    /** The same for many, each with the executor whose threads may still hold it: they share their collections. */
    static void awaitReleased(Map<Watched, ? extends ExecutorService> all) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    all.values().forEach(Watched::flush);
                    System.gc();
                    assertThat(all).allSatisfy((watched, executor) -> assertThat(watched.reachable())
                            .as("still reachable of %d, on %s", watched.size(), executor)
                            .isZero());
                });
    }

    public void assertAllStay() {
        awaitCollection();
        assertThat(reachable()).as("still reachable of %d", size()).isEqualTo(size());
    }

    private long reachable() {
        return references.stream()
                .filter(reference -> !reference.refersTo(null))
                .count();
    }

    private static void awaitCollection() {
        for (int cycle = 0; cycle < 3; cycle++) {
            WeakReference<Object> canary = new WeakReference<>(new Object());
            await().until(() -> {
                System.gc();
                return canary.refersTo(null);
            });
        }
    }

    /**
     * The JVM may keep the last exception of a live thread until the next one. These do not pass through any future.
     */
    private static void flush(ExecutorService executor) {
        throwAndCatch();
        try {
            for (int i = 0; i < FLUSHES; i++) {
                executor.execute(Watched::throwAndCatch);
            }
        } catch (RejectedExecutionException shutDown) {
            // Its threads are gone, and so is what the JVM kept for them.
        }
    }

    private static void throwAndCatch() {
        try {
            throw new IllegalStateException("flush");
        } catch (IllegalStateException expected) {
            // Thrown to take the place of the one before.
        }
    }
}
