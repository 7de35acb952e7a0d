package io.github.retainless.internal.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.internal.heap.FootprintMeter;
import io.github.retainless.internal.heap.HeapCollector;
import io.github.retainless.testing.Slow;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailureWatchTests {
    private final FailureWatch watch = new FailureWatch();

    private FailureWatchTests() {
        watch.endWarmup(0);
    }

    private static BitSet attempts(int... numbers) {
        BitSet attempts = new BitSet();
        IntStream.of(numbers).forEach(attempts::set);
        return attempts;
    }

    private static class Plain extends RuntimeException {
        private static final long serialVersionUID = 1;

        Plain() {
            super(null, null, true, false);
        }

        Plain(Throwable cause) {
            super(null, cause, true, false);
        }
    }

    @Test
    void sameInstanceTwice_countsOnce_forItsFirstAttempt() {
        Plain failure = new Plain();

        assertThat(watch.watch(failure, 3)).isTrue();
        assertThat(watch.watch(failure, 5)).isFalse();
        watch.watchFailure(failure, 7);

        assertThat(watch.retained()).isEqualTo(1);
        assertThat(watch.retainedAttempts()).isEqualTo(attempts(3));
        assertThat(watch.retainedObjects()).containsExactly(failure);
    }

    @Test
    void twoOfOneAttempt_areOneAttempt() {
        Plain one = new Plain();
        Plain other = new Plain();
        watch.watchFailure(one, 3);
        watch.watchFailure(other, 3);

        assertThat(watch.retained()).isEqualTo(2);
        assertThat(watch.retainedAttempts()).isEqualTo(attempts(3));
        assertThat(watch.retainedObjects()).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void warmup_isNotCounted_unlessItIsWatchedAgain() {
        FailureWatch fresh = new FailureWatch();
        Plain once = new Plain();
        Plain again = new Plain();
        fresh.watchFailure(once, 1);
        fresh.watchFailure(again, 2);
        fresh.endWarmup(2);

        assertThat(fresh.retainedAttempts()).isEqualTo(attempts());
        assertThat(fresh.retainedObjects()).isEmpty();
        assertThat(fresh.retained()).isEqualTo(2);

        fresh.watchFailure(again, 9);
        fresh.watchFailure(again, 10);

        assertThat(fresh.retainedAttempts()).isEqualTo(attempts(9));
        assertThat(fresh.retainedObjects()).containsExactly(again);
        Reference.reachabilityFence(once);
    }

    @Test
    void whileTheWarmupLasts_nothingIsCounted() {
        FailureWatch fresh = new FailureWatch();
        Plain failure = new Plain();
        fresh.watchFailure(failure, 1_000);

        assertThat(fresh.retainedAttempts()).isEqualTo(attempts());
        assertThat(fresh.retained()).isEqualTo(1);
        Reference.reachabilityFence(failure);
    }

    @Test
    void causesAndSuppressed_areWatched_theirsToo() {
        Plain root = new Plain();
        Plain cause = new Plain(root);
        Plain failure = new Plain(cause);
        Plain suppressed = new Plain(new Plain());
        Plain ofCause = new Plain();
        Plain ofSuppressed = new Plain();
        failure.addSuppressed(suppressed);
        root.addSuppressed(ofCause);
        suppressed.addSuppressed(ofSuppressed);
        watch.watchFailure(failure, 1);

        assertThat(watch.retainedObjects())
                .containsExactlyInAnyOrder(
                        failure, cause, root, suppressed, suppressed.getCause(), ofCause, ofSuppressed);
    }

    @Test
    void newlySuppressed_byAKnownFailure_isWatched() {
        Plain shared = new Plain();
        watch.watchFailure(shared, 1);
        Plain suppressed = new Plain();
        shared.addSuppressed(suppressed);
        watch.watchFailure(shared, 2);

        assertThat(watch.retainedAttempts()).isEqualTo(attempts(1, 2));
    }

    @Test
    void cycleOfCauses_endsThere() {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);
        watch.watchFailure(a, 1);
        watch.watchFailure(b, 2);

        assertThat(watch.retainedObjects()).containsExactlyInAnyOrder(a, b);
        assertThat(watch.retainedAttempts()).isEqualTo(attempts(1));
    }

    @Test
    void cycleOfSuppressed_endsThere() {
        Plain a = new Plain();
        Plain b = new Plain(a);
        a.addSuppressed(b);
        watch.watchFailure(a, 1);

        assertThat(watch.retainedObjects()).containsExactlyInAnyOrder(a, b);
    }

    @SuppressWarnings("serial")
    @Test
    void getCause_thatThrowsOrReturnsItself_isSurvived() {
        Plain throwing = new Plain() {
            @Override
            public synchronized Throwable getCause() {
                throw new IllegalStateException("hostile");
            }
        };
        Plain itself = new Plain() {
            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        };
        Plain suppressed = new Plain();
        throwing.addSuppressed(suppressed);
        watch.watchFailure(throwing, 1);
        watch.watchFailure(itself, 2);

        assertThat(watch.retainedObjects()).containsExactlyInAnyOrder(throwing, suppressed, itself);
    }

    @SuppressWarnings("serial")
    private static class Endless extends RuntimeException {
        Endless() {
            super(null, null, true, false);
        }

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    @Test
    void getCause_thatReturnsANewOneEachTime_ends() {
        Endless endless = new Endless();
        watch.watchFailure(endless, 1);
        watch.watchFailure(endless, 2);

        assertThat(watch.retainedAttempts().get(1)).isTrue();
        assertThat(watch.retained()).isBetween(1L, 2L << 14);
        Reference.reachabilityFence(endless);
    }

    @SuppressWarnings("serial")
    @Test
    void equalsHashCodeAndGetMessage_areNeverCalled() {
        class Hostile extends RuntimeException {
            @Override
            public boolean equals(Object other) {
                throw new AssertionError("equals");
            }

            @Override
            public int hashCode() {
                throw new AssertionError("hashCode");
            }

            @Override
            public String getMessage() {
                throw new AssertionError("getMessage");
            }

            @Override
            public String toString() {
                throw new AssertionError("toString");
            }
        }
        Hostile[] all = new Hostile[500];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Hostile();
            watch.watchFailure(all[i], i + 1);
            watch.watchFailure(all[i], i + 2);
        }

        assertThat(watch.retained()).isEqualTo(500);
        Reference.reachabilityFence(all);
    }

    @Test
    void deepChainOfCauses_isWatchedAsFarAsTheLimit() {
        Plain deepest = new Plain();
        for (int depth = 1; depth < 100_000; depth++) {
            deepest = new Plain(deepest);
        }
        watch.watchFailure(deepest, 1);

        assertThat(watch.retained()).isEqualTo(1 << 14);
        Reference.reachabilityFence(deepest);
    }

    @Test
    void sharedFailureThatGathersSuppressed_isWatchedWhole() {
        Plain shared = new Plain();
        for (int attempt = 1; attempt <= 2_000; attempt++) {
            shared.addSuppressed(new Plain());
            watch.watchFailure(shared, attempt);
        }

        assertThat(watch.retained()).isEqualTo(2_001);
        assertThat(watch.retainedAttempts().cardinality()).isEqualTo(2_000);
        Reference.reachabilityFence(shared);
    }

    @Test
    void chainThatLengthens_isWatchedWhole() {
        Plain newest = new Plain();
        for (int attempt = 1; attempt <= 2_000; attempt++) {
            newest = new Plain(newest);
            watch.watchFailure(newest, attempt);
        }

        assertThat(watch.retained()).isEqualTo(2_001);
        assertThat(watch.retainedAttempts().cardinality()).isEqualTo(2_000);
        Reference.reachabilityFence(newest);
    }

    private void watchGarbage(int from, int to) {
        IntStream.range(from, to).forEach(attempt -> watch.watchFailure(new Plain(new Plain()), attempt));
    }

    private void collectUntil(long retained) throws InterruptedException {
        for (int i = 0; i < 20 && watch.retained() != retained; i++) {
            HeapCollector.shared().collect();
            Thread.sleep(5);
        }
        assertThat(watch.retained()).isEqualTo(retained);
    }

    @Test
    void whatIsDropped_isNoLongerRetained() throws InterruptedException {
        Plain held = new Plain();
        watchGarbage(1, 100);
        watch.watchFailure(held, 100);
        watchGarbage(101, 200);
        collectUntil(1);

        assertThat(watch.retainedAttempts()).isEqualTo(attempts(100));
        assertThat(watch.retainedObjects()).containsExactly(held);
    }

    @Slow("fills the heap with 700,000 exceptions")
    @Test
    void manyEntries_areAllFoundAgain_andTheirRoomIsUsedAgain() throws InterruptedException {
        List<Plain> held = new ArrayList<>();
        for (int attempt = 1; attempt <= 200_000; attempt++) {
            held.add(new Plain());
            watch.watch(held.get(attempt - 1), attempt);
        }
        assertThat(watch.retained()).isEqualTo(200_000);
        assertThat(held).noneMatch(failure -> watch.watch(failure, 1));
        assertThat(watch.retainedAttempts().cardinality()).isEqualTo(200_000);

        held.subList(1, held.size()).clear();
        collectUntil(1);
        int room = watch.room();
        for (int i = 0; i < 10; i++) {
            watchGarbage(300_000, 350_000);
            HeapCollector.shared().collect();
        }

        assertThat(watch.room()).isEqualTo(room);
        assertThat(watch.retainedAttempts().get(1)).isTrue();
        Reference.reachabilityFence(held);
    }

    @Test
    void bytes_areWhatAWalkFinds() {
        List<Plain> failures = new ArrayList<>(List.of(new Plain()));
        watch.watch(failures.get(0), 1);
        long walkedBefore = walk();
        long before = watch.bytes();
        for (int i = 2; i <= 1_000; i++) {
            Plain failure = new Plain();
            failures.add(failure);
            watch.watch(failure, i);
        }

        assertThat(watch.bytes() - before).isEqualTo(walk() - walkedBefore).isGreaterThan(40_000);
        Reference.reachabilityFence(failures);
    }

    private long walk() {
        return new FootprintMeter().measure(new Object[] {watch}, new Object[0]).bytes();
    }

    @Test
    void entries_afterACollection_areDroppedLongBeforeTheTableIsFull() throws InterruptedException {
        watchGarbage(1, 10_000);
        collectUntil(0);

        watchGarbage(10_001, 10_101);

        assertThat(watch.entries()).isLessThanOrEqualTo(200);
    }

    @Test
    void watchedByManyThreads_eachCountsOnce() throws Exception {
        int threads = 8;
        Plain[] failures = IntStream.range(0, 5_000).mapToObj(i -> new Plain()).toArray(Plain[]::new);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                results.add(pool.submit(() -> {
                    start.await();
                    int added = 0;
                    for (int i = 0; i < failures.length; i++) {
                        added += watch.watch(failures[i], i + 1) ? 1 : 0;
                    }
                    return added;
                }));
            }
            int added = 0;
            for (Future<Integer> result : results) {
                added += result.get();
            }
            assertThat(added).isEqualTo(failures.length);
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(watch.retained()).isEqualTo(failures.length);
        assertThat(watch.retainedAttempts().cardinality()).isEqualTo(failures.length);
        Reference.reachabilityFence(failures);
    }

    private static void collect() {
        try {
            assertThat(HeapCollector.shared().collect().proven()).isTrue();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static final class Carrying extends Plain {
        private static final long serialVersionUID = 1;

        private final transient Object response;

        Carrying(Object response) {
            this.response = response;
        }

        Carrying(Object response, Throwable cause) {
            super(cause);
            this.response = response;
        }
    }

    @Test
    void whatAnExceptionCarries_isWatched() {
        byte[] response = new byte[10];
        watch.watchFailure(new Carrying(response), 3);
        byte[] ofTheCause = new byte[20];
        watch.watchFailure(new Plain(new Carrying(ofTheCause)), 4);

        collect();

        assertThat(watch.retainedObjects()).containsExactlyInAnyOrder(response, ofTheCause);
        assertThat(watch.retainedParts(watch.retainedAttempts()))
                .containsExactly(new RetainedParts(RetainedPart.CARRIED, "Carrying.response", 2));
    }

    @Test
    void whatExceptionsOfTwoAttemptsCarry_belongsToNeither() {
        Object shared = new Object();
        watch.watchFailure(new Carrying(shared), 3);
        assertThat(watch.retainedObjects()).contains(shared);

        watch.watchFailure(new Carrying(shared), 4);
        watch.watchFailure(new Carrying(shared), 5);
        collect();

        assertThat(watch.retained()).isZero();
        assertThat(watch.retainedAttempts()).isEqualTo(attempts());
        assertThat(watch.retainedObjects()).isEmpty();
    }

    @Test
    void whatTwoExceptionsOfOneAttemptCarry_isWatched() {
        Object response = new Object();
        watch.watchFailure(new Carrying(response, new Carrying(response)), 3);
        collect();

        assertThat(watch.retainedAttempts()).isEqualTo(attempts(3));
        Reference.reachabilityFence(response);
    }

    @Test
    void whatIsExcluded_isNotWatched_evenIfItIsCarried() {
        Object program = new Object();
        watch.exclude(program);
        watch.watchFailure(new Carrying(program), 3);
        collect();

        assertThat(watch.retained()).isZero();
        Reference.reachabilityFence(program);
    }

    @Test
    void whatIsTrackedAndCarried_isTracked() {
        Object response = new Object();
        watch.watchFailure(new Carrying(response), 3);
        watch.watch(response, 3);
        watch.watchFailure(new Carrying(response), 4);
        collect();

        assertThat(watch.retainedParts(watch.retainedAttempts()))
                .containsExactly(new RetainedParts(RetainedPart.TRACKED, "", 1));
        Reference.reachabilityFence(response);
    }

    @Test
    void remains_nameTheMostOfEachAttempt() {
        Plain failure = new Plain();
        Plain cause = new Plain();
        Plain suppressed = new Plain();
        Object response = new Object();
        Plain gone = new Plain(cause);
        watch.watchFailure(failure, 1);
        watch.watchFailure(new Plain(failure), 1);
        watch.watchFailure(gone, 2);
        Plain other = new Plain();
        other.addSuppressed(suppressed);
        watch.watchFailure(other, 3);
        watch.watchFailure(new Carrying(response, suppressed), 3);
        gone = null;
        other = null;
        collect();

        assertThat(watch.retainedParts(watch.retainedAttempts()))
                .containsExactly(
                        new RetainedParts(RetainedPart.FAILURE, "", 1),
                        new RetainedParts(RetainedPart.SUPPRESSED, "", 1),
                        new RetainedParts(RetainedPart.CAUSE, "", 1));
        Reference.reachabilityFence(List.of(failure, cause, suppressed, response));
    }

    @Test
    void carriedOfAKeptException_isLeftOut_thatOfALostOneIsNot() {
        Carrying kept = new Carrying(new Object());
        Object response = new Object();
        watch.watchFailure(kept, 1);
        watch.watchFailure(new Carrying(response), 2);
        collect();

        assertThat(watch.retainedObjectsWithoutCarried(attempts(1, 2))).containsExactlyInAnyOrder(kept, response);
        assertThat(watch.retainedObjectsWithoutCarried(attempts(2))).containsExactly(response);
        assertThat(watch.retainedAttempts()).isEqualTo(attempts(1, 2));
    }

    @Test
    void onlySomeAttempts_areMeant() {
        Object one = new Object();
        Plain two = new Plain();
        watch.watch(one, 1);
        watch.watchFailure(two, 2);
        assertThat(watch.retainedAttemptsByType())
                .containsOnly(
                        Map.entry("java.lang.Object", attempts(1)), Map.entry(Plain.class.getName(), attempts(2)));

        assertThat(watch.retainedObjects(attempts(2, 7))).containsExactly(two);
        assertThat(watch.retainedParts(attempts(2, 7))).containsExactly(new RetainedParts(RetainedPart.FAILURE, "", 1));
        Reference.reachabilityFence(one);
    }
}
