package io.github.retainless.internal.run;

import io.github.retainless.experiment.Settings;
import io.github.retainless.internal.runtime.Unwrapping;
import io.github.retainless.internal.track.FailureWatch;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Makes one attempt: gives the task to the executor under test, or runs it right here, and waits for the outcome. */
final class AttemptRunner {
    private final TaskUnderTest taskUnderTest;
    private final AttemptKind kind;
    private final Settings settings;
    private final Pacing pacing;
    private final FailureWatch watch;
    private final LastFailures lastFailures;
    private final @Nullable FailureScale scale;
    private final @Nullable CreatedFailures created;
    private final HeapGuard guard;
    private final EarlyEnd earlyEnd;
    private int failed;
    private int succeeded;
    private volatile boolean asksWhetherToSucceed = true;

    AttemptRunner(
            TaskUnderTest taskUnderTest,
            AttemptKind kind,
            Settings settings,
            Pacing pacing,
            FailureWatch watch,
            LastFailures lastFailures,
            @Nullable FailureScale scale,
            @Nullable CreatedFailures created,
            HeapGuard guard,
            EarlyEnd earlyEnd) {
        this.taskUnderTest = taskUnderTest;
        this.kind = kind;
        this.settings = settings;
        this.pacing = pacing;
        this.watch = watch;
        this.lastFailures = lastFailures;
        this.scale = scale;
        this.created = created;
        this.guard = guard;
        this.earlyEnd = earlyEnd;
    }

    RunningAttempt newAttempt(int number) {
        return new RunningAttempt(taskUnderTest, kind, watch, lastFailures, scale, earlyEnd, number);
    }

    synchronized int failed() {
        return failed;
    }

    synchronized int succeeded() {
        return succeeded;
    }

    void run(RunningAttempt attempt) throws InterruptedException {
        guard.check();
        if (earlyEnd.isSet()) {
            return;
        }
        if (created != null) {
            created.begins(attempt);
        }
        try {
            start(attempt);
            forgetInterruptOfTheTask(attempt);
            attempt.await(pacing.lookForFailuresMade());
        } catch (InterruptedException interrupted) {
            attempt.unsubscribe();
            throw interrupted;
        } finally {
            if (created != null) {
                created.ends(attempt);
            }
        }
        finish(attempt);
    }

    /**
     * A task may interrupt the thread it runs on, which may be ours; or it has got the interrupt that was to end us.
     */
    private void forgetInterruptOfTheTask(RunningAttempt attempt) throws InterruptedException {
        Thread.interrupted();
        if (earlyEnd.isSet() && !attempt.isOver()) {
            throw new InterruptedException();
        }
    }

    private void start(RunningAttempt attempt) throws InterruptedException {
        Executor executor = taskUnderTest.executor();
        if (executor == null) {
            runHere(attempt);
        } else if (executor instanceof ExecutorService service) {
            submit(service, attempt);
        } else {
            execute(executor, attempt);
        }
    }

    private static void runHere(RunningAttempt attempt) {
        try {
            attempt.runTask();
        } catch (Throwable ignored) {
            // As any caller would that has nothing to do with it.
        }
    }

    private void submit(ExecutorService service, RunningAttempt attempt) throws InterruptedException {
        Future<?> future;
        try {
            future = service.submit(() -> {
                try {
                    attempt.runTask();
                } catch (Throwable failure) {
                    throw AttemptRunner.<RuntimeException>unchecked(failure);
                }
                return null;
            });
        } catch (RejectedExecutionException rejected) {
            rejected(attempt, rejected);
            return;
        } catch (Throwable refused) {
            refused(attempt, refused);
            return;
        }
        if (future == null) {
            earlyEnd.because(
                    "the executor's submit(..) returned null",
                    "An ExecutorService returns a Future for each task it takes.");
            return;
        }
        takeAndDrop(future, attempt);
    }

    private static void takeAndDrop(Future<?> future, RunningAttempt attempt) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException failure) {
            attempt.thrown(Unwrapping.unwrap(failure));
        } catch (CancellationException cancelled) {
            attempt.thrown(cancelled);
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            throw interrupted;
        } catch (Throwable failure) {
            // The constructor of ExecutionException asks the failure for its text, which may throw.
            attempt.thrown(failure);
        }
    }

    private void execute(Executor executor, RunningAttempt attempt) {
        try {
            executor.execute(() -> {
                try {
                    attempt.runTask();
                } catch (Throwable failure) {
                    keepQuietAbout(failure);
                    throw AttemptRunner.<RuntimeException>unchecked(failure);
                }
            });
        } catch (RejectedExecutionException rejected) {
            if (!attempt.hasStarted()) {
                rejected(attempt, rejected);
            }
        } catch (Throwable failure) {
            // An executor that runs its tasks on the caller lets their failures through.
            if (!attempt.hasStarted()) {
                refused(attempt, failure);
            }
        }
    }

    private void refused(RunningAttempt attempt, Throwable refused) {
        earlyEnd.because(
                "the executor threw " + Unwrapping.describe(refused) + " instead of taking attempt " + attempt.number(),
                "An Executor takes a task or throws a RejectedExecutionException.");
    }

    private void rejected(RunningAttempt attempt, RejectedExecutionException rejected) {
        earlyEnd.because(
                "the executor rejected attempt " + attempt.number() + " (" + Unwrapping.describe(rejected) + ")",
                "Is it shut down, or its queue shorter than the concurrency of " + settings.concurrency() + "?");
    }

    private void finish(RunningAttempt attempt) {
        guard.sawAttemptOf(attempt.allocated());
        boolean hasFailed = attempt.hasFailed();
        synchronized (this) {
            failed += hasFailed ? 1 : 0;
            succeeded += hasFailed ? 0 : 1;
        }
        if (kind != AttemptKind.FAILURE && !earlyEnd.isSet()) {
            checkSuccess(attempt);
        }
    }

    private void checkSuccess(RunningAttempt attempt) {
        if (kind == AttemptKind.COMPARISON && !attempt.hasAskedWhetherToSucceed()) {
            asksWhetherToSucceed = false;
        } else if (attempt.hasFailed()) {
            earlyEnd.because(
                    "attempt " + attempt.number() + " is expected to succeed, but failed with "
                            + attempt.firstFailure(),
                    kind == AttemptKind.COMPARISON
                            ? "Let the task succeed where Attempt.mustSucceed() is true."
                            : "A success task succeeds each time; expect FAILURE where the task is to fail.");
        } else if (kind == AttemptKind.SUCCESS && !attempt.hasTracked()) {
            earlyEnd.because(
                    "attempt " + attempt.number() + " succeeded, but tracked nothing that could be retained",
                    "Hand what must be let go, its result say, to track(..).");
        }
    }

    /** Whether the task asks which attempts must not fail. */
    boolean asksWhetherToSucceed() {
        return asksWhetherToSucceed;
    }

    /** The default handler would print hundreds of stack traces, and make each failure heavier by doing so. */
    private static void keepQuietAbout(Throwable failure) {
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        ThreadGroup group = thread.getThreadGroup();
        boolean wouldPrint = handler == group && Thread.getDefaultUncaughtExceptionHandler() == null;
        if (group != null && (wouldPrint || handler instanceof QuietAboutOne)) {
            thread.setUncaughtExceptionHandler(new QuietAboutOne(new WeakReference<>(failure), group));
        }
    }

    private record QuietAboutOne(WeakReference<Throwable> expected, ThreadGroup group)
            implements Thread.UncaughtExceptionHandler {
        @Override
        public void uncaughtException(Thread thread, Throwable uncaught) {
            if (!expected.refersTo(uncaught)) {
                group.uncaughtException(thread, uncaught);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable failure) throws T {
        throw (T) failure;
    }
}
