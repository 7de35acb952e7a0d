package io.github.retainless.contract;

import io.github.retainless.AsyncTask;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The whole battery of leak regression tests for an executor: implement one method and inherit them.
 *
 * <pre>{@code
 * class MyExecutorTest implements ExceptionRetentionContract {
 *     @Override
 *     public ExecutorService createExecutor() {
 *         return new MyExecutor();
 *     }
 * }
 * }</pre>
 *
 * <p>Each scenario is a test of its own, on an executor of its own, which is shut down afterwards. It passes if after
 * each round nothing that the scenario has made is reachable any more: no failure, cause, suppressed exception or
 * payload. The callers in it drop their futures once they have the outcome, so an executor may leave an outcome in its
 * future, as those of the JDK do, which pass.
 *
 * <table>
 * <caption>The scenarios and the leak that each is after</caption>
 * <tr><th>Scenario</th><th>What happens</th><th>The leak it is after</th></tr>
 * <tr><td>{@link #singleFailure}</td><td>a task throws</td>
 *     <td>a last error in a field or on a thread, a registry of tasks that only the successful leave</td></tr>
 * <tr><td>{@link #chainedFailures}</td><td>a task throws an exception with a cause</td>
 *     <td>root causes kept to group or count errors by</td></tr>
 * <tr><td>{@link #suppressedFailures}</td><td>a task fails in try-with-resources, and so does the closing</td>
 *     <td>suppressed exceptions kept apart, or gathered on a shared one</td></tr>
 * <tr><td>{@link #deepStack}</td><td>a task throws from 500 frames below</td>
 *     <td>failures kept for the sake of their stack, to print or to sample it later</td></tr>
 * <tr><td>{@link #concurrentFailures}</td><td>eight tasks fail at the same time</td>
 *     <td>bookkeeping that two threads bring into disorder; one failure left on each thread</td></tr>
 * <tr><td>{@link #cancelledTask}</td><td>a running task is cancelled and throws because of it</td>
 *     <td>what is thrown too late for a future that is already cancelled</td></tr>
 * <tr><td>{@link #timedOutTask}</td><td>a caller gives up on {@code get} after 1 ms, the task throws later</td>
 *     <td>tasks nobody waits for any more, and the failures they are never asked for</td></tr>
 * <tr><td>{@link #rejectedTask}</td><td>a task is submitted after the shutdown</td>
 *     <td>rejected tasks kept with their arguments, to log or to try again</td></tr>
 * <tr><td>{@link #exhaustedRetries}</td>
 *     <td>a task submits itself again, with its earlier failures, until it gives up</td>
 *     <td>tasks that tasks have started, with the failures they carry</td></tr>
 * <tr><td>{@link #throwingCallback}</td>
 *     <td>a failure's callback runs on the executor and throws too; nobody catches it</td>
 *     <td>uncaught exceptions gathered in a hook or handler, or left with a dead thread</td></tr>
 * <tr><td>{@link #capturedArgument}</td><td>a task fails that has captured a large argument</td>
 *     <td>tasks kept after they have run</td></tr>
 * <tr><td>{@link #sleepingTask}</td><td>success task: a slow task with a large argument succeeds</td>
 *     <td>the same of tasks that succeed</td></tr>
 * <tr><td>{@link #largeResult}</td><td>success task: a task returns a large result</td>
 *     <td>results kept after they were taken</td></tr>
 * </table>
 *
 * <p>Cancelling, giving up and rejecting need an {@link ExecutorService}, the first two one that runs tasks on threads
 * of its own. Where a scenario cannot be played, its test is aborted with the reason.
 *
 * <p>Each scenario gets 3 rounds of 50 attempts after a warm-up of 10, of 30 s each at the most, and nothing may stay
 * ({@code maxRetained = 0}; what the JVM itself keeps of a thread's last failure does not count). A leak of one failure
 * in 50 that strikes at random is missed once in 20 runs, a rarer one more often. {@link NoExceptionRetention} on the
 * implementing class changes these settings, for example {@code maxRetained = 1} for an executor that reports its last
 * failure.
 *
 * @since 0.1.0
 */
@NoExceptionRetention(failures = 50, rounds = 3, warmup = 10, timeout = "30 s", budget = 1, maxRetained = 0)
public interface ExceptionRetentionContract {
    /**
     * Makes the executor under test; called once for each test, after {@code @BeforeEach}. When the test is over, an
     * {@code ExecutorService} is shut down by {@code shutdownNow}, another {@code AutoCloseable} is closed.
     *
     * @return a new executor, which takes at least eight tasks at a time (they may wait in a queue)
     * @throws Exception if it cannot be made; the test then fails with it
     */
    @ExecutorUnderTest
    Executor createExecutor() throws Exception;

    /**
     * How many bytes a payload has, 1 to 1,073,741,824; default 65,536. The test fails where it is out of that range.
     *
     * @return the number
     */
    default int payloadBytes() {
        return 64 * 1024;
    }

    /** A task throws. */
    @AsyncTask
    default void singleFailure(Attempt attempt) {
        in(attempt).fail();
    }

    /** A task throws an exception with a cause. */
    @AsyncTask
    default void chainedFailures(Attempt attempt) {
        in(attempt).failWithCause();
    }

    /** A task fails in try-with-resources, and so does the closing of its resource. */
    @AsyncTask
    default void suppressedFailures(Attempt attempt) {
        in(attempt).failAndFailToClose();
    }

    /** A task throws from 500 frames below. */
    @AsyncTask
    default void deepStack(Attempt attempt) {
        in(attempt).failDeeply();
    }

    /** Eight tasks fail at the same time. */
    @AsyncTask
    @NoExceptionRetention(concurrency = 8)
    default void concurrentFailures(Attempt attempt) throws InterruptedException {
        in(attempt).failSlowly();
    }

    /** A running task is cancelled, with an interrupt, and throws because of it. */
    @AsyncTask
    default void cancelledTask(Attempt attempt, @ExecutorUnderTest Executor executor) throws InterruptedException {
        ExecutorService service = new DrivenExecutor(executor).service("cancel a task");
        PendingTask task = new PendingTask(in(attempt));
        Future<?> future = DrivenExecutor.submit(service, task);
        task.awaitStart();
        task.cancel(future);
        attempt.observe(future);
    }

    /** A caller waits for 1 ms and gives up; the task throws later, and nobody asks for it. */
    @AsyncTask
    default void timedOutTask(Attempt attempt, @ExecutorUnderTest Executor executor) throws InterruptedException {
        ExecutorService service = new DrivenExecutor(executor).service("time out");
        PendingTask task = new PendingTask(in(attempt));
        Future<?> future = DrivenExecutor.submit(service, task);
        task.awaitStart();
        task.timeOut(future, attempt);
    }

    /** A task is submitted after the shutdown, and rejected with its argument. */
    @AsyncTask
    default void rejectedTask(Attempt attempt, @ExecutorUnderTest Executor executor) {
        new DrivenExecutor(executor).startAfterShutdown(in(attempt));
    }

    /** A task submits itself again when it fails, with its earlier failures, and gives up after three tries. */
    @AsyncTask
    default void exhaustedRetries(Attempt attempt, @ExecutorUnderTest Executor executor) {
        new DrivenExecutor(executor).startAgainAndAgain(3, in(attempt));
    }

    /** The callback of a failure runs on the executor and throws too, with that as its cause; nobody catches it. */
    @AsyncTask
    default void throwingCallback(Attempt attempt, @ExecutorUnderTest Executor executor) throws InterruptedException {
        new DrivenExecutor(executor).startWithThrowingCallback(in(attempt));
    }

    /** A task fails that has captured a large argument; the failure itself is light. */
    @AsyncTask
    default void capturedArgument(Attempt attempt, @ExecutorUnderTest Executor executor) {
        ContractTask task = in(attempt);
        byte[] argument = task.payload();
        new DrivenExecutor(executor).start(() -> task.failOver(argument), attempt);
    }

    /** Success task: a slow task that has captured a large argument succeeds. */
    @AsyncTask(expect = Expect.SUCCESS)
    default void sleepingTask(Attempt attempt, @ExecutorUnderTest Executor executor) {
        ContractTask task = in(attempt);
        byte[] argument = task.payload();
        new DrivenExecutor(executor).start(() -> task.sleepOver(argument), attempt);
    }

    /** Success task: a task returns a large result. */
    @AsyncTask(expect = Expect.SUCCESS)
    default void largeResult(Attempt attempt, @ExecutorUnderTest Executor executor) {
        new DrivenExecutor(executor).start(in(attempt)::payload, attempt);
    }

    private ContractTask in(Attempt attempt) {
        return new ContractTask(attempt, payloadBytes());
    }
}
