package io.github.retainless.watch;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;

/** Makes failures and collections. Failures are made in frames of their own: an interpreted frame keeps dead locals. */
final class Failing {
    /** So many collections make the first old sentinel old, and two more have the first failures settled. */
    static final int FIRST_SETTLED = 20;

    /** Cheap: one without a stack. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        Declined() {
            super("declined", null, false, false);
        }
    }

    private Failing() {}

    static void fail(RetentionWatch watch, int times) {
        for (int i = 0; i < times; i++) {
            watch.failed(new Declined());
        }
    }

    static void fail(RetentionWatch watch, int times, Collection<? super Declined> holder) {
        for (int i = 0; i < times; i++) {
            Declined failure = new Declined();
            holder.add(failure);
            watch.failed(failure);
        }
    }

    /** Forces collections and has the watch see each. */
    static void collect(RetentionWatch watch, int times) {
        for (int i = 0; i < times; i++) {
            long before = watch.snapshot().collections();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        System.gc();
                        return watch.snapshot().collections() > before;
                    });
        }
    }

    /** Rounds of 500 failures with a collection after each; until the failures of all rounds are settled. */
    static void run(RetentionWatch watch, int rounds, Runnable failures) {
        collectFirst(watch);
        for (int round = 0; round < rounds; round++) {
            failures.run();
            collect(watch, 1);
        }
        collect(watch, 5);
    }

    static void collectFirst(RetentionWatch watch) {
        fail(watch, 1);
        collect(watch, FIRST_SETTLED);
    }
}
