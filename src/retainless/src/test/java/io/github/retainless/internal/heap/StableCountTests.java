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
    private static StableCount settle(LongSupplier survivors) throws InterruptedException {
        return StableCount.settle(HeapCollector.shared(), survivors);
    }

    @Test
    void noSurvivors_areBelievedAtOnce() throws InterruptedException {
        StableCount settled = settle(() -> 0);

        assertThat(settled.survivors()).isZero();
        assertThat(settled.collections()).isEqualTo(1);
        assertThat(settled.proof().proven()).isTrue();
    }

    @Test
    void survivors_areBelieved_whenTheyHaveStoodForAWhile() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        AtomicLong first = new AtomicLong();
        StableCount settled = settle(() -> {
            looks.incrementAndGet();
            first.compareAndSet(0, System.nanoTime());
            return 3;
        });

        assertThat(settled.survivors()).isEqualTo(3);
        assertThat(settled.collections()).isEqualTo(looks.get()).isGreaterThanOrEqualTo(4);
        assertThat((System.nanoTime() - first.get()) / 1_000_000).isGreaterThanOrEqualTo(120);
    }

    @Test
    void realSurvivor_stays_andGarbageDoesNot() throws InterruptedException {
        Object held = new Object();
        WeakReference<Object> toHeld = new WeakReference<>(held);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        StableCount settled = settle(() -> (toHeld.refersTo(null) ? 0 : 1) + (garbage.refersTo(null) ? 0 : 1));

        assertThat(settled.survivors()).isEqualTo(1);
        Reference.reachabilityFence(held);
    }

    @Test
    void survivor_releasedAfterSixtyMillis_isNotReported() throws InterruptedException {
        AtomicLong first = new AtomicLong();
        StableCount settled = settle(() -> {
            first.compareAndSet(0, System.nanoTime());
            return System.nanoTime() - first.get() > 60_000_000 ? 0 : 1;
        });

        assertThat(settled.survivors()).isZero();
    }

    @Test
    void survivor_releasedByAnotherThreadBetweenLooks_isNotReported() throws InterruptedException {
        AtomicReference<@Nullable Object> holder = new AtomicReference<>(new Object());
        WeakReference<Object> released = new WeakReference<>(holder.get());
        AtomicInteger looks = new AtomicInteger();
        StableCount settled = settle(() -> {
            if (looks.incrementAndGet() == 3) {
                Thread other = new Thread(() -> holder.set(null));
                other.start();
                joinUninterruptibly(other);
            }
            return released.refersTo(null) ? 0 : 1;
        });

        assertThat(settled.survivors()).isZero();
        assertThat(looks.get()).isEqualTo(4);
    }

    @Test
    void countThatChanges_mustStandAgain() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        StableCount settled = settle(() -> looks.incrementAndGet() <= 3 ? 5 : 4);

        assertThat(settled.survivors()).isEqualTo(4);
        assertThat(settled.collections()).isGreaterThanOrEqualTo(3 + 4);
    }

    @Test
    void countThatNeverStands_ends() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        StableCount settled = settle(looks::incrementAndGet);

        assertThat(settled.survivors()).isEqualTo(64);
        assertThat(settled.collections()).isEqualTo(64);
        assertThat(settled.proof().proven()).isTrue();
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
