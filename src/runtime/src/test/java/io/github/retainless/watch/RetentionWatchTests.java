package io.github.retainless.watch;

import static io.github.retainless.testing.Soon.await;
import static io.github.retainless.watch.Failing.FIRST_SETTLED;
import static io.github.retainless.watch.Failing.collect;
import static io.github.retainless.watch.Failing.fail;
import static io.github.retainless.watch.Failing.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RetentionWatchTests {
    private final Queue<RetentionAlert> alerts = new ConcurrentLinkedQueue<>();

    private RetentionWatch.Builder builder(String name) {
        return RetentionWatch.builder(name)
                .pace(Failing.FAST)
                .minAge(Duration.ZERO)
                .onGrowth(alerts::add);
    }

    private static boolean hasThread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("retainless-watch-" + name));
    }

    @Test
    void failuresThatAreLetGo_leaveNothingRetained_andNoAlert() {
        try (RetentionWatch watch = builder("released").build()) {
            run(watch, 6, () -> fail(watch, 500));

            RetentionSnapshot snapshot = watch.snapshot();
            assertThat(snapshot.failures()).isEqualTo(3_001);
            assertThat(snapshot.settledFailures()).isEqualTo(3_001);
            assertThat(snapshot.retained()).isZero();
            assertThat(snapshot.retainedByType()).isEmpty();
            assertThat(snapshot.oldestRetained()).isZero();
            assertThat(alerts).isEmpty();
        }
    }

    @Test
    void failuresThatPileUp_areRetainedByAge_andAlertOnce() {
        List<Object> leak = new ArrayList<>();
        try (RetentionWatch watch = builder("leaking").alertFrom(2_000).build()) {
            run(watch, 7, () -> fail(watch, 500, leak));
            await().until(() -> !alerts.isEmpty());

            RetentionSnapshot snapshot = watch.snapshot();
            assertThat(snapshot.retained()).isEqualTo(3_500);
            assertThat(snapshot.retainedByType()).containsExactly(Map.entry(Failing.Declined.class.getName(), 3_500L));
            assertThat(snapshot.bands())
                    .filteredOn(band -> band.reachable() > 0)
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allMatch(AgeBand::settled);
            assertThat(snapshot.bands()).extracting(AgeBand::from).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(snapshot.oldestRetained()).isPositive();
            assertThat(alerts).hasSize(1);
            assertThat(watch.alerts()).isEqualTo(1);
            assertThat(alerts.element().snapshot().retained()).isBetween(2_000L, 3_500L);
            assertThat(alerts.element().retainedPerHour()).isPositive();
        }
        Reference.reachabilityFence(leak);
    }

    @Test
    void ringBufferOf256_doesNotAlert() {
        ArrayDeque<Object> ring = new ArrayDeque<>();
        try (RetentionWatch watch = builder("ring").build()) {
            run(watch, 8, () -> {
                for (int i = 0; i < 500; i++) {
                    fail(watch, 1, ring);
                    if (ring.size() > 256) {
                        ring.remove();
                    }
                }
            });

            assertThat(watch.snapshot().retained()).isEqualTo(256);
            assertThat(alerts).isEmpty();
        }
        Reference.reachabilityFence(ring);
    }

    @Test
    void lastError_doesNotAlert_evenIfOneRetainedFailureIsABar() {
        List<Object> last = new ArrayList<>();
        try (RetentionWatch watch = builder("last").alertFrom(1).build()) {
            run(watch, 6, () -> {
                fail(watch, 499);
                last.clear();
                fail(watch, 1, last);
            });

            assertThat(watch.snapshot().retained()).isEqualTo(1);
            assertThat(alerts).isEmpty();
        }
        Reference.reachabilityFence(last);
    }

    @Test
    void oneSharedException_thrownAgainAndAgain_isOneRetainedFailure() {
        Exception shared = new IllegalStateException();
        try (RetentionWatch watch = builder("shared").alertFrom(1).build()) {
            run(watch, 6, () -> {
                for (int i = 0; i < 500; i++) {
                    watch.failed(shared);
                }
            });

            assertThat(watch.snapshot().retained()).isEqualTo(1);
            assertThat(alerts).isEmpty();
        }
        Reference.reachabilityFence(shared);
    }

    @Test
    void failuresYoungerThanMinAge_areNotRetained() {
        List<Object> leak = new ArrayList<>();
        try (RetentionWatch watch =
                builder("young").minAge(Duration.ofMinutes(10)).build()) {
            run(watch, 5, () -> fail(watch, 500, leak));

            assertThat(watch.snapshot().retained()).isZero();
            assertThat(watch.snapshot().watched()).isEqualTo(2_500);
            assertThat(alerts).isEmpty();
        }
        Reference.reachabilityFence(leak);
    }

    @Test
    void noThread_beforeTheFirstFailure_andNoneAfterClose() {
        RetentionWatch watch = builder("thread").build();
        assertThat(hasThread("thread")).isFalse();
        fail(watch, 1);
        assertThat(hasThread("thread")).isTrue();

        watch.close();
        watch.close();

        await().until(() -> !hasThread("thread"));
        fail(watch, 1);
        assertThat(hasThread("thread")).isFalse();
        assertThat(watch.failures()).isEqualTo(1);
    }

    @Test
    void watchThatNobodyHasAnyMore_isCollected_andItsThreadEnds() {
        WeakReference<RetentionWatch> dropped = dropWatch();

        await().until(() -> {
            System.gc();
            return dropped.refersTo(null) && !hasThread("dropped");
        });
    }

    private WeakReference<RetentionWatch> dropWatch() {
        RetentionWatch watch = builder("dropped").build();
        fail(watch, 10);
        collect(watch, 2);
        assertThat(hasThread("dropped")).isTrue();
        return new WeakReference<>(watch);
    }

    @Test
    void thread_isADaemon_withoutWhatTheFailingThreadHad() throws InterruptedException {
        try (RetentionWatch watch = builder("inherits").build()) {
            Thread failing = new Thread(() -> fail(watch, 1));
            failing.setContextClassLoader(new ClassLoader() {});
            failing.setPriority(Thread.MIN_PRIORITY);
            failing.start();
            failing.join();

            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("retainless-watch-inherits"))
                    .singleElement()
                    .satisfies(thread -> {
                        assertThat(thread.isDaemon()).isTrue();
                        assertThat(thread.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
                        assertThat(thread.getContextClassLoader()).isEqualTo(RetentionWatch.class.getClassLoader());
                    });
        }
    }

    @Test
    void failureInsideWrappers_isTheOneWatched() {
        Exception original = new IOException();
        try (RetentionWatch watch = builder("wrapped").build()) {
            failWrapped(watch, original);
            collect(watch, FIRST_SETTLED);

            assertThat(watch.snapshot().retainedByType()).containsExactly(Map.entry("java.io.IOException", 1L));
        }
        Reference.reachabilityFence(original);
    }

    private static void failWrapped(RetentionWatch watch, Exception original) {
        watch.failed(new ExecutionException(new CompletionException(original)));
    }

    @Test
    void completed_watchesFailuresOfFutures_andNoSuccesses() {
        try (RetentionWatch watch = builder("futures").build()) {
            CompletableFuture.completedFuture("fine").whenComplete(watch::completed);
            CompletableFuture.<String>failedFuture(new IOException()).whenComplete(watch::completed);

            assertThat(watch.failures()).isEqualTo(1);
        }
    }

    @Test
    void snapshot_beforeAnyCollection_isEmpty() {
        try (RetentionWatch watch = builder("fresh").build()) {
            RetentionSnapshot snapshot = watch.snapshot();

            assertThat(snapshot.watch()).isEqualTo("fresh");
            assertThat(snapshot.bands()).isEmpty();
            assertThat(snapshot.retained()).isZero();
        }
    }

    @Test
    void settingsOutOfRange_sayWhatAndWhichRange() {
        RetentionWatch.Builder builder = RetentionWatch.builder("bad");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetentionWatch.builder(" "))
                .withMessage(
                        "RetentionWatch.builder: the name must not be blank, as alerts and meters are told apart by it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.sample(0))
                .withMessage("RetentionWatch.builder: sample must be from 1 to 1,000,000, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.capacity(99))
                .withMessage("RetentionWatch.builder: capacity must be from 100 to 1,000,000, but was 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.alertFrom(0))
                .withMessage("RetentionWatch.builder: alertFrom must be from 1 to 1,000,000,000, but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minAge(Duration.ofNanos(-1)))
                .withMessage("RetentionWatch.builder: minAge must be from 0 to 30 days, but was PT-0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.minAge(Duration.ofDays(31)))
                .withMessage("RetentionWatch.builder: minAge must be from 0 to 30 days, but was PT744H");
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void nulls_areNamed() {
        try (RetentionWatch watch = builder("nulls").build()) {
            assertThatNullPointerException()
                    .isThrownBy(() -> watch.failed(null))
                    .withMessage("failure");
            assertThatNullPointerException()
                    .isThrownBy(() -> RetentionWatch.builder(null))
                    .withMessage("name");
            assertThatNullPointerException()
                    .isThrownBy(() -> RetentionWatch.builder("null").onGrowth(null))
                    .withMessage("callback");
            assertThatNullPointerException()
                    .isThrownBy(() -> RetentionWatch.builder("null").minAge(null))
                    .withMessage("age");
            assertThatNullPointerException()
                    .isThrownBy(() -> new RetentionMeters(null))
                    .withMessage("watch");
        }
    }
}
