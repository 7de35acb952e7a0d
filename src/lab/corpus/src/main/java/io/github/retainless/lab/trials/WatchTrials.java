package io.github.retainless.lab.trials;

import io.github.retainless.watch.RetentionSnapshot;
import io.github.retainless.watch.RetentionWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A watch under the collections that a busy JVM makes by itself: failures are kept for up to two seconds, so that many
 * get tenured, and then all let go, or one in fifty kept for good. Run with a small heap and any collector: trial,
 * seconds.
 */
public final class WatchTrials {
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private record Kept(Exception failure, byte[] payload, long until) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(until, ((Kept) other).until);
        }
    }

    @SuppressWarnings("unused") // Written so that it is allocated.
    private static volatile byte[] garbage = {};

    private WatchTrials() {}

    public static void main(String[] args) throws InterruptedException {
        boolean leaks = args[0].equals("leaking");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
        DelayQueue<Kept> backlog = new DelayQueue<>();
        List<Exception> leaked = new ArrayList<>();
        AtomicInteger alerts = new AtomicInteger();
        long firstAlert = 0;
        long most = 0;
        long start = System.nanoTime();
        try (RetentionWatch watch = RetentionWatch.builder("trial")
                .minAge(SETTLED)
                .onGrowth(alert -> {
                    if (alerts.incrementAndGet() == 1) {
                        System.out.println(alert.message());
                    }
                })
                .build()) {
            for (int i = 0; System.nanoTime() < end; i++) {
                Exception failure = new IllegalStateException("declined " + i);
                watch.failed(failure);
                if (leaks && i % 50 == 0) {
                    leaked.add(failure);
                }
                long keptFor = ThreadLocalRandom.current().nextLong(2_000_000_000);
                backlog.add(new Kept(failure, new byte[2_048], System.nanoTime() + keptFor));
                garbage = new byte[16_384];
                while (backlog.poll() != null) {
                    // Somebody has read it.
                }
                if (i % 100 == 0) {
                    Thread.sleep(1);
                    most = Math.max(most, watch.snapshot().retainedOlderThan(SETTLED));
                }
                if (firstAlert == 0 && alerts.get() > 0) {
                    firstAlert = System.nanoTime() - start;
                }
            }
            RetentionSnapshot last = watch.snapshot();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d failures, %,d leaked, at most %,d retained failures older than 5 s, now %,d; %,d watched, %,d"
                            + " collections, %,d full, alerts %d, the first after %.0f s%n",
                    args[0],
                    last.failures(),
                    leaked.size(),
                    most,
                    last.retainedOlderThan(SETTLED),
                    last.watched(),
                    last.collections(),
                    last.fullCollections(),
                    alerts.get(),
                    firstAlert / 1e9);
        }
    }
}
