package io.github.retainless.watch;

import static io.github.retainless.testing.Soon.await;

import java.time.Duration;
import java.util.Collection;

/** Makes failures and collections. Failures are made in frames of their own: an interpreted frame keeps dead locals. */
final class Failing {
    /** For tests, all of whose collections are full ones: an object is old after the first. No rests. */
    static final Pace FAST = new Pace(2, 0, 0, 0);

    /**
     * After three collections at this pace the first sentinel is old; two more have the first failures settled. One to
     * spare.
     */
    static final int FIRST_SETTLED = 6;

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
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                System.gc();
                return isSeenSoon(watch, before);
            });
        }
    }

    /**
     * The thread of the watch needs its turn. Only a collection that does nothing, which may happen, must be forced
     * again.
     */
    private static boolean isSeenSoon(RetentionWatch watch, long before) throws InterruptedException {
        for (int millis = 0; millis < 1_000 && watch.snapshot().collections() <= before; millis++) {
            Thread.sleep(1);
        }
        return watch.snapshot().collections() > before;
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
