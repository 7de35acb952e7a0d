package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.reactivex.rxjava3.core.Flowable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptRunnerTests {
    private final CountDownLatch unsubscribed = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final ExecutorService service = Executors.newSingleThreadExecutor();

    @AfterEach
    void shutDown() {
        service.shutdownNow();
    }

    @Test
    void hangingOnAnExecutorService_unsubscribes() throws InterruptedException {
        assertThatItUnsubscribes(experiment().on(service));
    }

    @Test
    void hangingOnAnExecutor_unsubscribes() throws InterruptedException {
        Executor executor = service::execute;
        assertThatItUnsubscribes(experiment().on(executor));
    }

    @Test
    void hangingOnOurThread_unsubscribes_andEndsTheThread() throws InterruptedException {
        assertThatItUnsubscribes(experiment());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("retainless-")));
    }

    private RetentionExperiment experiment() {
        return RetentionExperiment.of(attempt -> {
            attempt.observe(Flowable.never().doOnCancel(unsubscribed::countDown));
            never.await();
        });
    }

    private void assertThatItUnsubscribes(RetentionExperiment experiment) throws InterruptedException {
        RetentionReport report = experiment.timeout("100 ms").run();

        assertThat(report.reason()).startsWith("attempt 1 was still running after 100 ms");
        assertThat(unsubscribed.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
