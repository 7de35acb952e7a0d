package io.github.retainless.contract;

import io.github.retainless.experiment.Attempt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.opentest4j.TestAbortedException;

/** A task that runs until it is interrupted or its caller lets it go on; then it fails. */
final class PendingTask implements Callable<Object> {
    private final ContractTask task;
    private final Thread caller = Thread.currentThread();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean ranOnCaller;

    PendingTask(ContractTask task) {
        this.task = task;
    }

    @Override
    public Object call() {
        if (Thread.currentThread() == caller) {
            ranOnCaller = true;
            goOn.countDown();
        }
        started.countDown();
        try {
            goOn.await();
        } catch (InterruptedException ignored) {
            // A task that is cancelled may fail for it.
        }
        try {
            return task.fail();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until it runs. */
    void awaitStart() throws InterruptedException {
        started.await();
        checkCaller();
    }

    /** Aborts the test if it ran on the thread that started it, and so left nobody to give it up. */
    void checkCaller() {
        if (ranOnCaller) {
            throw new TestAbortedException("the thread that submitted the task ran it, so it cannot give it up");
        }
    }

    /** Cancels it and waits until it has failed; should its executor not interrupt it, it fails all the same. */
    void cancel(Future<?> future) throws InterruptedException {
        try {
            future.cancel(true);
        } finally {
            awaitFailure();
        }
    }

    /** Waits for it in vain, a moment only, and then until it has failed. */
    void timeOut(Future<?> future, Attempt attempt) throws InterruptedException {
        try {
            future.get(1, TimeUnit.MILLISECONDS);
            throw new ExtensionConfigurationException("get(1 ms) returned while the task was running");
        } catch (TimeoutException expected) {
            attempt.track(expected);
        } catch (ExecutionException | CancellationException failure) {
            throw new ExtensionConfigurationException("get(1 ms) threw " + failure + " while the task was running");
        } finally {
            awaitFailure();
        }
    }

    /** Lets it go on, and waits until it has failed. */
    void awaitFailure() throws InterruptedException {
        goOn.countDown();
        ended.await();
    }
}
