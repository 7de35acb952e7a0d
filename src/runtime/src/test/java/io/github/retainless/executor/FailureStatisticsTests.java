package io.github.retainless.executor;

import static io.github.retainless.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailureStatisticsTests {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private final FixedAsyncExecutor executor = FixedAsyncExecutor.eventLoop();
    private final FailureStatistics failures = executor.failures();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private Future<?> fail() {
        return executor.submit(() -> {
            throw new IllegalStateException("declined");
        });
    }

    private static void deliver(Future<?> future) {
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(future::get);
    }

    private void assertCounts(long failed, long delivered, long released, long undelivered) {
        assertThat(List.of(failures.failed(), failures.delivered(), failures.released(), failures.undelivered()))
                .as("failed, delivered, released, undelivered")
                .containsExactly(failed, delivered, released, undelivered);
    }

    @Test
    void nothingFailed_countsNothing() throws Exception {
        executor.submit(() -> "result").get();

        assertCounts(0, 0, 0, 0);
        assertThat(failures.last()).isEmpty();
    }

    @Test
    void failures_waitToBeRead_andCountAsDeliveredOnce() throws Exception {
        Future<?> first = fail();
        Future<?> second = fail();
        executor.submit(() -> {}).get();
        assertCounts(2, 0, 0, 2);

        deliver(first);
        deliver(first);
        assertCounts(2, 1, 1, 1);

        deliver(second);
        assertCounts(2, 2, 2, 0);
    }

    @Test
    void failureOfACancelledTask_isReleasedButNotDelivered() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Future<?> future = executor.submit(() -> {
            started.countDown();
            new CountDownLatch(1).await();
            return null;
        });
        started.await();

        future.cancel(true);
        executor.submit(() -> {}).get();

        assertCounts(1, 0, 1, 0);
    }

    @Test
    void failureOfACommand_isDeliveredToTheHandler() {
        executor.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {});
            throw new IllegalStateException("declined");
        });

        await().until(() -> failures.delivered() == 1);
        assertCounts(1, 1, 1, 0);
        assertThat(failures.last())
                .get()
                .extracting(FailureSummary::failureMessage)
                .isEqualTo("declined");
    }

    @Test
    void failureOfAStage_isDeliveredToTheFirstThatIsDerived() {
        assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> executor.submitStage(() -> {
                    throw new IllegalStateException("declined");
                })
                .toCompletableFuture()
                .join());

        assertCounts(1, 1, 1, 0);
    }

    @Test
    void last_isTheOneDeliveredLast() {
        deliver(fail());
        deliver(executor.submit(() -> {
            throw new IllegalArgumentException("no such card");
        }));

        assertThat(failures.last())
                .get()
                .extracting(FailureSummary::failureType, FailureSummary::failureMessage)
                .containsExactly("java.lang.IllegalArgumentException", "no such card");
    }

    @Test
    void last_ofFailuresThatNobodyReads_isTheFirstSinceItWasAskedFor() throws Exception {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String message = "order " + i;
            executor.submit(() -> {
                throw new IllegalStateException(message);
            });
            executor.submit(() -> {}).get();
            if (i % 2 == 1) {
                seen.add(failures.last().orElseThrow().failureMessage());
            }
        }

        assertThat(seen).containsExactly("order 0", "order 2", "order 4");
    }

    @Test
    void releaseResults_sharesTheCounts() {
        deliver(executor.releaseResults().submit(() -> {
            throw new IllegalStateException("declined");
        }));

        assertCounts(1, 1, 1, 0);
    }

    @Test
    void registered_areSeenByTheMBeanServer_untilShutdown() throws Exception {
        ObjectName name = new ObjectName("io.github.retainless:type=FailureStatistics,name=\"card: payments\"");
        failures.register("card: payments");
        deliver(fail());
        Future<?> unread = fail();
        executor.submit(() -> {}).get();

        List<Object> values = new ArrayList<>();
        for (String attribute : List.of("Failed", "Delivered", "Released", "Undelivered")) {
            values.add(SERVER.getAttribute(name, attribute));
        }
        assertThat(values).containsExactly(2L, 1L, 1L, 1L);
        assertThat(SERVER.getAttribute(name, "Last"))
                .asString()
                .startsWith(
                        "java.lang.IllegalStateException: declined\n\tat " + FailureStatisticsTests.class.getName());
        assertThat(unread).isDone();

        executor.shutdown();
        assertThatExceptionOfType(InstanceNotFoundException.class)
                .isThrownBy(() -> SERVER.getAttribute(name, "Failed"));
    }

    @Test
    void register_twiceOrUnderATakenName_saysWhatToDo() {
        failures.register("taken");
        FixedScheduledExecutor another = FixedAsyncExecutor.scheduledPool(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> failures.register("other"))
                .withMessage("registered already, as io.github.retainless:type=FailureStatistics,name=\"taken\":"
                        + " call unregister() first");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> another.failures().register("taken"))
                .withMessage("another executor's failure statistics are registered as \"taken\": choose another name");

        failures.unregister();
        another.failures().register("taken");
        another.shutdown();
        failures.register("taken");
    }
}
