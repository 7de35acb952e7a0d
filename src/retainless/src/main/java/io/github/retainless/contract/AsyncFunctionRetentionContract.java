package io.github.retainless.contract;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The battery of {@link ExceptionRetentionContract} for whatever runs a task asynchronously and returns a
 * {@link CompletionStage}: a retry library, a bulkhead, a client, a dispatcher. Implement one method and inherit it.
 *
 * <pre>{@code
 * class RetryTest implements AsyncFunctionRetentionContract {
 *     private final Retry retry = new Retry(3);
 *
 *     @Override
 *     public CompletionStage<?> start(Callable<?> task) {
 *         return retry.callAsync(task);
 *     }
 * }
 * }</pre>
 *
 * <p>What runs the task must outlive the attempts to be found out, so keep it in a field. Nothing of it is shut down;
 * use {@code @AutoClose} or {@code @AfterEach}.
 *
 * <table>
 * <caption>The scenarios and the leak that each is after</caption>
 * <tr><th>Scenario</th><th>What happens</th><th>The leak it is after</th></tr>
 * <tr><td>{@link #singleFailure}</td><td>a task throws</td>
 *     <td>a last error, a registry of tasks that only the successful leave</td></tr>
 * <tr><td>{@link #chainedFailures}</td><td>a task throws an exception with a cause</td>
 *     <td>root causes kept to group or count errors by</td></tr>
 * <tr><td>{@link #suppressedFailures}</td><td>a task fails in try-with-resources, and so does the closing</td>
 *     <td>suppressed exceptions kept apart, or gathered on a shared one</td></tr>
 * <tr><td>{@link #deepStack}</td><td>a task throws from 500 frames below</td>
 *     <td>failures kept for the sake of their stack</td></tr>
 * <tr><td>{@link #concurrentFailures}</td><td>eight tasks fail at the same time</td>
 *     <td>bookkeeping that two threads bring into disorder</td></tr>
 * <tr><td>{@link #cancelledTask}</td><td>the future of a running task is cancelled, then the task throws</td>
 *     <td>what is thrown too late for a future that is already cancelled</td></tr>
 * <tr><td>{@link #timedOutTask}</td><td>a caller gives up after 1 ms, the task throws later</td>
 *     <td>tasks nobody waits for any more</td></tr>
 * <tr><td>{@link #exhaustedRetries}</td>
 *     <td>a callback starts a task again, with its earlier failures, until it gives up</td>
 *     <td>tasks that callbacks have started, with the failures they carry</td></tr>
 * <tr><td>{@link #throwingCallback}</td><td>the callback of a failure throws too</td>
 *     <td>failures of callbacks gathered to be logged</td></tr>
 * <tr><td>{@link #capturedArgument}</td><td>a task fails that has captured a large argument</td>
 *     <td>tasks kept after they have run</td></tr>
 * <tr><td>{@link #sleepingTask}</td><td>success task: a slow task with a large argument succeeds</td>
 *     <td>the same of tasks that succeed</td></tr>
 * <tr><td>{@link #largeResult}</td><td>success task: a task returns a large result</td>
 *     <td>results kept after they were taken</td></tr>
 * </table>
 *
 * <p>Cancelling and giving up need {@link CompletionStage#toCompletableFuture()} and a task that does not run on the
 * thread that starts it; where they cannot be played, the test is aborted with the reason. The settings are those of
 * {@link ExceptionRetentionContract}, and are changed in the same way.
 *
 * @since 0.1.0
 */
@NoExceptionRetention(failures = 50, rounds = 3, warmup = 10, timeout = "30 s", budget = 1, maxRetained = 0)
public interface AsyncFunctionRetentionContract {
    /**
     * Starts a task in the way that is under test. Called from several threads at a time.
     *
     * @param task what to run; it fails in most scenarios
     * @return the outcome of the task: its value, or its failure, wrapped or translated as may be
     * @throws Exception what the task threw, where it is run here and now
     */
    CompletionStage<?> start(Callable<?> task) throws Exception;

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
    default void singleFailure(Attempt attempt) throws Exception {
        start(in(attempt)::fail, attempt);
    }

    /** A task throws an exception with a cause. */
    @AsyncTask
    default void chainedFailures(Attempt attempt) throws Exception {
        start(in(attempt)::failWithCause, attempt);
    }

    /** A task fails in try-with-resources, and so does the closing of its resource. */
    @AsyncTask
    default void suppressedFailures(Attempt attempt) throws Exception {
        start(in(attempt)::failAndFailToClose, attempt);
    }

    /** A task throws from 500 frames below. */
    @AsyncTask
    default void deepStack(Attempt attempt) throws Exception {
        start(in(attempt)::failDeeply, attempt);
    }

    /** Eight tasks fail at the same time. */
    @AsyncTask
    @NoExceptionRetention(concurrency = 8)
    default void concurrentFailures(Attempt attempt) throws Exception {
        start(in(attempt)::failSlowly, attempt);
    }

    /** The future of a running task is cancelled, then the task throws. */
    @AsyncTask
    default void cancelledTask(Attempt attempt) throws Exception {
        PendingTask task = new PendingTask(in(attempt));
        CompletableFuture<?> future = new DrivenFunction(this).startPending(task);
        task.cancel(future);
        attempt.observe(future);
    }

    /** A caller waits for 1 ms and gives up; the task throws later, and nobody asks for it. */
    @AsyncTask
    default void timedOutTask(Attempt attempt) throws Exception {
        PendingTask task = new PendingTask(in(attempt));
        CompletableFuture<?> future = new DrivenFunction(this).startPending(task);
        task.timeOut(future, attempt);
    }

    /** A callback starts a task again when it fails, with its earlier failures, and gives up after three tries. */
    @AsyncTask
    default void exhaustedRetries(Attempt attempt) throws Exception {
        new DrivenFunction(this).startAgainAndAgain(3, in(attempt));
    }

    /** The callback of a failure throws too, with the failure as its cause. */
    @AsyncTask
    default void throwingCallback(Attempt attempt) throws Exception {
        new DrivenFunction(this).startWithThrowingCallback(in(attempt));
    }

    /** A task fails that has captured a large argument; the failure itself is light. */
    @AsyncTask
    default void capturedArgument(Attempt attempt) throws Exception {
        ContractTask task = in(attempt);
        byte[] argument = task.payload();
        start(() -> task.failOver(argument), attempt);
    }

    /** Success task: a slow task that has captured a large argument succeeds. */
    @AsyncTask(expect = Expect.SUCCESS)
    default void sleepingTask(Attempt attempt) throws Exception {
        ContractTask task = in(attempt);
        byte[] argument = task.payload();
        start(() -> task.sleepOver(argument), attempt);
    }

    /** Success task: a task returns a large result. */
    @AsyncTask(expect = Expect.SUCCESS)
    default void largeResult(Attempt attempt) throws Exception {
        start(in(attempt)::payload, attempt);
    }

    private void start(Callable<?> task, Attempt attempt) throws Exception {
        new DrivenFunction(this).start(task, attempt);
    }

    private ContractTask in(Attempt attempt) {
        return new ContractTask(attempt, payloadBytes());
    }
}
