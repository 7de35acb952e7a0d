package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HeapCollectorTests {
    private final HeapCollector collector = HeapCollector.shared();

    private static List<WeakReference<Object>> garbage() {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> new WeakReference<>(new Object()))
                .toList();
    }

    @Test
    void collection_isProven_andGarbageIsGone() throws InterruptedException {
        collector.prepare();
        List<WeakReference<Object>> garbage = garbage();
        Object held = new Object();
        WeakReference<Object> toHeld = new WeakReference<>(held);

        Proof proof = collector.collect();

        assertThat(proof).isEqualTo(new Proof(true, "System.gc()", false));
        assertThat(garbage).allMatch(reference -> reference.refersTo(null));
        assertThat(toHeld.refersTo(held)).isTrue();
        Reference.reachabilityFence(held);
    }

    @Test
    void callersOneAfterTheOther_getACollectionEach() throws InterruptedException {
        long before = collector.collections();
        for (int i = 0; i < 3; i++) {
            collector.collect();
        }

        assertThat(collector.collections()).isEqualTo(before + 3);
    }

    @Test
    void callersWhoWait_shareOneCollection() throws Exception {
        collector.collect(); // loads what it needs, so that no caller is blocked by anything else
        for (int round = 0; round < 3; round++) {
            long before = collector.collections();
            List<FutureTask<Proof>> proofs = new ArrayList<>();
            synchronized (collector) {
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    proofs.add(new FutureTask<>((Callable<Proof>) collector::collect));
                    callers.add(new Thread(proofs.get(i)));
                }
                callers.forEach(Thread::start);
                for (Thread caller : callers) {
                    while (caller.getState() != Thread.State.BLOCKED) {
                        Thread.sleep(1);
                    }
                }
            }
            for (FutureTask<Proof> proof : proofs) {
                assertThat(proof.get().proven()).isTrue();
            }
            assertThat(collector.collections()).isEqualTo(before + 1);
        }
    }

    @Test
    void callersAllAtOnce_eachFindTheirGarbageGone() throws Exception {
        List<FutureTask<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<Boolean> result = new FutureTask<>(() -> {
                boolean gone = true;
                for (int j = 0; j < 5; j++) {
                    List<WeakReference<Object>> garbage = garbage();
                    gone &= collector.collect().proven()
                            && garbage.stream().allMatch(reference -> reference.refersTo(null));
                }
                return gone;
            });
            results.add(result);
            new Thread(result).start();
        }
        for (FutureTask<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
    }
}
