package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StableCountTests {
    private long millis;
    private int collections;

    /** In a time of its own, which passes only while it is waited for, and with collections that do nothing. */
    private StableCount settle(LongSupplier retained) throws InterruptedException {
        StableCount.Time time = new StableCount.Time() {
            @Override
            public long nanos() {
                return millis * 1_000_000;
            }

            @Override
            public void sleep(long longer) {
                millis += longer;
            }
        };
        return StableCount.settle(
                () -> {
                    collections++;
                    return Proof.by("the test");
                },
                retained,
                time);
    }

    private static StableCount settleReally(LongSupplier retained) throws InterruptedException {
        return StableCount.settle(HeapCollector.shared(), retained);
    }

    @Test
    void noRetainedObjects_areBelievedAtOnce() throws InterruptedException {
        StableCount stableCount = settle(() -> 0);

        assertThat(stableCount).isEqualTo(new StableCount(0, Proof.by("the test"), 1));
        assertThat(collections).isEqualTo(1);
        assertThat(millis).isZero();
    }

    @Test
    void retainedObjects_areBelieved_whenTheyHaveStoodForAWhile() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        StableCount stableCount = settle(() -> {
            looks.incrementAndGet();
            return 3;
        });

        assertThat(stableCount.retained()).isEqualTo(3);
        assertThat(stableCount.collections()).isEqualTo(looks.get()).isEqualTo(4);
        assertThat(millis).isEqualTo(120);
    }

    @Test
    void realRetainedObjects_areBelieved_whenTheyHaveStoodForAWhile() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        AtomicLong first = new AtomicLong();
        StableCount stableCount = settleReally(() -> {
            looks.incrementAndGet();
            first.compareAndSet(0, System.nanoTime());
            return 3;
        });

        assertThat(stableCount.retained()).isEqualTo(3);
        assertThat(stableCount.collections()).isEqualTo(looks.get()).isGreaterThanOrEqualTo(4);
        assertThat(stableCount.proof().proven()).isTrue();
        assertThat((System.nanoTime() - first.get()) / 1_000_000).isGreaterThanOrEqualTo(120);
    }

    @Test
    void realRetainedObject_stays_andGarbageDoesNot() throws InterruptedException {
        Object held = new Object();
        WeakReference<Object> toHeld = new WeakReference<>(held);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        StableCount stableCount =
                settleReally(() -> (toHeld.refersTo(null) ? 0 : 1) + (garbage.refersTo(null) ? 0 : 1));

        assertThat(stableCount.retained()).isEqualTo(1);
        Reference.reachabilityFence(held);
    }

    @Test
    void retainedObject_releasedAfterSixtyMillis_isNotReported() throws InterruptedException {
        StableCount stableCount = settle(() -> millis > 60 ? 0 : 1);

        assertThat(stableCount.retained()).isZero();
    }

    @Test
    void retainedObject_releasedByAnotherThreadBetweenLooks_isNotReported() throws InterruptedException {
        AtomicReference<@Nullable Object> holder = new AtomicReference<>(new Object());
        WeakReference<Object> released = new WeakReference<>(holder.get());
        AtomicInteger looks = new AtomicInteger();
        StableCount stableCount = settleReally(() -> {
            if (looks.incrementAndGet() == 3) {
                Thread other = new Thread(() -> holder.set(null));
                other.start();
                joinUninterruptibly(other);
            }
            return released.refersTo(null) ? 0 : 1;
        });

        assertThat(stableCount.retained()).isZero();
        assertThat(looks.get()).isEqualTo(4);
    }

    @Test
    void countThatChanges_mustStandAgain() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        StableCount stableCount = settle(() -> looks.incrementAndGet() <= 3 ? 5 : 4);

        assertThat(stableCount.retained()).isEqualTo(4);
        assertThat(stableCount.collections()).isEqualTo(3 + 4);
    }

    @Test
    void countThatNeverStands_ends() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        StableCount stableCount = settle(looks::incrementAndGet);

        assertThat(stableCount).isEqualTo(new StableCount(64, Proof.by("the test"), 64));
        assertThat(collections).isEqualTo(64);
        assertThat(millis).isLessThan(64 * 64);
    }

    @Test
    void collectionsThatProveNothing_endAfterTwenty_orAtOnceIfThereIsNoHope() throws InterruptedException {
        StableCount.Time none = new StableCount.Time() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long longer) {}
        };

        assertThat(StableCount.settle(() -> Proof.none("busy"), () -> 3, none))
                .isEqualTo(new StableCount(3, Proof.none("busy"), 20));
        assertThat(StableCount.settle(() -> Proof.impossible("Epsilon"), () -> 3, none))
                .isEqualTo(new StableCount(3, Proof.impossible("Epsilon"), 1));
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
