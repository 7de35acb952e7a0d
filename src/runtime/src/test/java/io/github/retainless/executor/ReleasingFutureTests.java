package io.github.retainless.executor;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReleasingFutureTests {
    private static final int READERS = 8;

    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void shutDown() {
        readers.shutdownNow();
    }

    private static <V> ReleasingFuture<V> future(Callable<V> task) {
        return new ReleasingFuture<>(task, new DeliveryTerms(new FailureStatistics(), false));
    }

    private static ReleasingFuture<String> failed() {
        ReleasingFuture<String> future = future(() -> {
            throw new IllegalStateException("declined");
        });
        future.run();
        return future;
    }

    private static void assertDelivers(Future<?> future, Class<? extends Throwable> type) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(future::get)
                .withMessage("java.lang.IllegalStateException: declined")
                .withCauseExactlyInstanceOf(type);
    }

    @RepeatedTest(50)
    void get_byManyAtOnce_givesTheFailureToOneOfThem() throws Exception {
        ReleasingFuture<String> future = future(() -> {
            throw new IllegalStateException("declined");
        });
        CyclicBarrier together = new CyclicBarrier(READERS + 1);
        List<Future<String>> seen = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            seen.add(readers.submit(() -> {
                together.await();
                return causeOf(future);
            }));
        }
        together.await();
        future.run();

        List<String> causes = new ArrayList<>();
        for (Future<String> one : seen) {
            causes.add(one.get());
        }
        assertThat(causes).containsOnlyOnce("IllegalStateException");
        assertThat(causes).filteredOn("FailureSummary"::equals).hasSize(READERS - 1);
    }

    private static String causeOf(Future<?> future) throws InterruptedException {
        try {
            future.get();
            return "none";
        } catch (ExecutionException failure) {
            return failure.getCause().getClass().getSimpleName();
        }
    }

    @RepeatedTest(50)
    void cancel_whileItRuns_eitherCancelsOrComesTooLate() throws Exception {
        ReleasingFuture<String> future = future(() -> "result");
        CyclicBarrier together = new CyclicBarrier(2);
        Future<Boolean> runnerInterrupted = readers.submit(() -> {
            together.await();
            future.run();
            return Thread.interrupted();
        });
        together.await();

        boolean cancelled = future.cancel(true);

        boolean interrupted = runnerInterrupted.get();
        assertThat(future.isDone()).isTrue();
        assertThat(future.isCancelled()).isEqualTo(cancelled);
        assertThat(interrupted && !cancelled).isFalse();
        if (!cancelled) {
            assertThat(future.get()).isEqualTo("result");
        }
    }

    @Test
    void cancel_ofAForkJoinTask_doesNotInterruptTheNextTaskOfItsThread() throws Exception {
        ForkJoinPool pool = new ForkJoinPool(1);
        try {
            FixedAsyncExecutor executor = FixedAsyncExecutor.over(pool);
            CyclicBarrier started = new CyclicBarrier(2);
            Future<?> first = executor.submit(() -> {
                started.await();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                return null;
            });
            Future<Boolean> next = executor.submit(() -> Thread.currentThread().isInterrupted());
            started.await();

            first.cancel(true);

            assertThat(next.get()).isFalse();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void cancel_beforeItRuns_keepsItFromRunning() {
        AtomicInteger runs = new AtomicInteger();
        ReleasingFuture<Integer> future = future(runs::incrementAndGet);

        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(true)).isFalse();
        future.run();

        assertThat(runs).hasValue(0);
        assertThat(future).isCancelled().isDone();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> future.get(1, HOURS));
    }

    @Test
    void cancel_afterItFailed_takesNothing() {
        ReleasingFuture<String> future = failed();

        assertThat(future.cancel(true)).isFalse();

        assertThat(future).isDone().isNotCancelled();
        assertDelivers(future, IllegalStateException.class);
        assertDelivers(future, FailureSummary.class);
    }

    @Test
    void run_again_doesNothing() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ReleasingFuture<Integer> future = future(runs::incrementAndGet);

        future.run();
        future.run();

        assertThat(future.get()).isOne();
    }

    @Test
    void get_outOfTimeOrInterrupted_takesNothing() {
        ReleasingFuture<String> future = future(() -> {
            throw new IllegalStateException("declined");
        });
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(1, NANOSECONDS));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(future::get);
        assertThat(Thread.interrupted()).isFalse();

        future.run();

        assertDelivers(future, IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void get_withoutTime_timesOutAtOnce(long timeout) {
        ReleasingFuture<String> future = future(() -> "result");

        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(timeout, NANOSECONDS));
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(timeout, HOURS));
    }

    @Test
    void get_withAllTheTimeThereIs_waits() throws Exception {
        ReleasingFuture<String> future = future(() -> "result");
        Future<String> reader = readers.submit(() -> future.get(Long.MAX_VALUE, HOURS));

        future.run();

        assertThat(reader.get()).isEqualTo("result");
    }

    @Test
    void get_interruptedWhileItWaits_takesNothing() throws Exception {
        ReleasingFuture<String> future = future(() -> {
            throw new IllegalStateException("declined");
        });
        CyclicBarrier asking = new CyclicBarrier(2);
        Future<String> reader = readers.submit(() -> {
            asking.await();
            return causeOf(future);
        });
        asking.await();
        readers.shutdownNow();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(reader::get)
                .withCauseInstanceOf(InterruptedException.class);

        future.run();

        assertDelivers(future, IllegalStateException.class);
    }

    @Test
    void get_doneAndInterrupted_stillReads() {
        ReleasingFuture<String> future = failed();
        Thread.currentThread().interrupt();

        assertDelivers(future, IllegalStateException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void get_ofATaskThatPassesASummaryOn_givesThatSummary() throws Exception {
        ReleasingFuture<String> first = failed();
        assertDelivers(first, IllegalStateException.class);
        ReleasingFuture<String> second = future(() -> {
            try {
                return first.get();
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            }
        });
        second.run();

        assertDelivers(second, FailureSummary.class);
        assertDelivers(second, FailureSummary.class);
    }

    @Test
    void exceptionNow_deliversOnce() {
        ReleasingFuture<String> future = failed();

        assertThat(future.exceptionNow()).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(future.exceptionNow()).isExactlyInstanceOf(FailureSummary.class);
        assertDelivers(future, FailureSummary.class);
    }

    @Test
    void resultNow_ofAFailure_takesNothing() {
        ReleasingFuture<String> future = failed();

        assertThatIllegalStateException().isThrownBy(future::resultNow).withMessage("The task failed");

        assertDelivers(future, IllegalStateException.class);
    }

    @Test
    void resultNow_and_exceptionNow_sayWhatIsTheMatter() {
        ReleasingFuture<String> future = future(() -> "result");
        assertThatIllegalStateException().isThrownBy(future::resultNow).withMessage("The task has not completed");

        future.run();
        assertThat(future.resultNow()).isEqualTo("result");
        assertThatIllegalStateException().isThrownBy(future::exceptionNow).withMessage("The task has a result");

        ReleasingFuture<String> cancelled = future(() -> "result");
        cancelled.cancel(false);
        assertThatIllegalStateException().isThrownBy(cancelled::resultNow).withMessage("The task was cancelled");
        assertThatIllegalStateException().isThrownBy(cancelled::exceptionNow).withMessage("The task was cancelled");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void methodsOfJdk19_takeNoDeliveryBut_exceptionNow() throws Exception {
        ReleasingFuture<String> future = failed();

        assertThat(callByInterface(future, "state")).hasToString("FAILED");
        assertThatIllegalStateException().isThrownBy(() -> callByInterface(future, "resultNow"));
        assertThat(callByInterface(future, "state")).hasToString("FAILED");
        assertThat(callByInterface(future, "exceptionNow")).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(callByInterface(future, "exceptionNow")).isExactlyInstanceOf(FailureSummary.class);
        assertThat(callByInterface(future, "state")).hasToString("FAILED");
    }

    private static Object callByInterface(Future<?> future, String method) throws Exception {
        try {
            return Future.class.getMethod(method).invoke(future);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    @Test
    void toString_saysWhereItStands_asTheJdksDoes() {
        Callable<String> task = () -> "result";
        ReleasingFuture<String> future = future(task);
        assertThat(future)
                .asString()
                .matches(
                        "io\\.github\\.retainless\\.executor\\.ReleasingFuture@\\p{XDigit}+\\[Not completed, task = .+\\]");

        future.run();
        assertThat(future).asString().endsWith("[Completed normally]");
        ReleasingFuture<String> failed = failed();
        assertThat(failed).asString().endsWith("[Completed exceptionally: java.lang.IllegalStateException: declined]");
        assertDelivers(failed, IllegalStateException.class);
        assertThat(failed).asString().endsWith("[Completed exceptionally: java.lang.IllegalStateException: declined]");
    }
}
