package io.github.retainless;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        } catch (InterruptedException cancelled) {
            // A task that is cancelled may fail for it.
        }
        try {
            return task.fail();
        } finally {
            ended.countDown();
        }
    }

    /** Waits until it runs; on a thread of its own, or there is nobody left to give it up. */
    void awaitStart() throws InterruptedException {
        started.await();
        if (ranOnCaller) {
            throw new TestAbortedException(
                    "the task was run by the thread that submitted it, which then cannot give it up");
        }
    }

    /** Waits until it has failed. */
    void letFail() throws InterruptedException {
        goOn.countDown();
        ended.await();
    }
}
