package io.github.retainless.watch;

import static io.github.retainless.testing.Soon.await;
import static io.github.retainless.watch.Failing.collect;
import static io.github.retainless.watch.Failing.collectFirst;
import static io.github.retainless.watch.Failing.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.retainless.testing.Slow;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Slow(
        "makes two million exceptions and collects a heap that keeps half of them. LedgerTests has the same bounds without a heap")
@Timeout(120)
class RetentionWatchMillionTests {
    private final Queue<RetentionAlert> alerts = new ConcurrentLinkedQueue<>();

    @Test
    void millionFailures_letGoOrKept_stayWithinTheCapacity() {
        List<Object> leak = new ArrayList<>();
        try (RetentionWatch watch = RetentionWatch.builder("million")
                .pace(Failing.FAST)
                .minAge(Duration.ZERO)
                .onGrowth(alerts::add)
                .build()) {
            collectFirst(watch);
            for (int round = 0; round < 10; round++) {
                fail(watch, 100_000);
                fail(watch, 100_000, leak);
                collect(watch, 1);
                assertThat(watch.room()).isLessThanOrEqualTo(32_768);
                assertThat(watch.snapshot().watched()).isLessThanOrEqualTo(10_000);
            }
            collect(watch, 3);

            assertThat(watch.failures()).isEqualTo(2_000_001);
            assertThat(watch.snapshot().retained()).isCloseTo(1_000_000, within(150_000L));
            await().until(() -> !alerts.isEmpty());
        }
        Reference.reachabilityFence(leak);
    }
}
