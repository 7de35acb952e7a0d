package io.github.retainless.lab.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** What a submitter does over and over: it hands over some tasks, as small as can be, and waits for each outcome. */
enum Workload {
    FAILING_ONE_BY_ONE("failing", "submit, get", 1) {
        @Override
        void run(ExecutorService executor) throws InterruptedException {
            receiveFailure(executor.submit(FAILING));
        }
    },
    SUCCEEDING_ONE_BY_ONE("succeeding", "submit, get", 1) {
        @Override
        void run(ExecutorService executor) throws InterruptedException, ExecutionException {
            receiveResult(executor.submit(SUCCEEDING));
        }
    },
    FAILING_IN_BATCHES("failing", "submit 64, get 64", Workload.BATCH) {
        @Override
        void run(ExecutorService executor) throws InterruptedException {
            for (Future<String> future : submitBatch(executor, FAILING)) {
                receiveFailure(future);
            }
        }
    },
    SUCCEEDING_IN_BATCHES("succeeding", "submit 64, get 64", Workload.BATCH) {
        @Override
        void run(ExecutorService executor) throws InterruptedException, ExecutionException {
            for (Future<String> future : submitBatch(executor, SUCCEEDING)) {
                receiveResult(future);
            }
        }
    },
    EXECUTED("succeeding", "execute 64, wait", Workload.BATCH) {
        @Override
        void run(ExecutorService executor) throws InterruptedException {
            CountDownLatch done = new CountDownLatch(BATCH);
            Runnable command = done::countDown;
            for (int i = 0; i < BATCH; i++) {
                executor.execute(command);
            }
            done.await();
        }
    };

    /** A constant, as JMH's annotations need one. */
    static final int BATCH = 64;

    private static final String RECEIPT = "receipt";
    private static final Callable<String> SUCCEEDING = () -> RECEIPT;
    private static final Callable<String> FAILING = () -> {
        throw new Declined("order declined", null);
    };

    private final String tasks;
    private final String handOver;
    private final int tasksPerRun;

    Workload(String tasks, String handOver, int tasksPerRun) {
        this.tasks = tasks;
        this.handOver = handOver;
        this.tasksPerRun = tasksPerRun;
    }

    abstract void run(ExecutorService executor) throws InterruptedException, ExecutionException;

    /** Whether they fail or succeed. */
    String tasks() {
        return tasks;
    }

    /** How they are handed over and waited for. */
    String handOver() {
        return handOver;
    }

    int tasksPerRun() {
        return tasksPerRun;
    }

    private static List<Future<String>> submitBatch(ExecutorService executor, Callable<String> task) {
        List<Future<String>> futures = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            futures.add(executor.submit(task));
        }
        return futures;
    }

    // Checked, so that nothing is measured that does not deliver; and so that the JIT cannot drop it.
    private static void receiveFailure(Future<String> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Declined) {
                return;
            }
            throw new AssertionError("not the failure of the task", failure);
        }
        throw new AssertionError("did not fail");
    }

    private static void receiveResult(Future<String> future) throws InterruptedException, ExecutionException {
        if (future.get() != RECEIPT) {
            throw new AssertionError("not the result of the task");
        }
    }
}
