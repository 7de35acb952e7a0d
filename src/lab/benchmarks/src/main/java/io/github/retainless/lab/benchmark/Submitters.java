package io.github.retainless.lab.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that submit at the same time to an executor, slice of time by slice of time, and the pool that runs the
 * tasks.
 */
final class Submitters implements AutoCloseable {
    private final Workload workload;
    private final int count;
    private final ThreadRecorder threads = new ThreadRecorder();
    private final ThreadPoolExecutor submitters;
    private final ThreadPoolExecutor pool;

    /** So many submitters, and as many threads in the pool as there are processors. */
    Submitters(Workload workload, int count) {
        this.workload = workload;
        this.count = count;
        submitters = pool(count);
        pool = pool(Runtime.getRuntime().availableProcessors());
    }

    // As Executors.newFixedThreadPool makes them, but with all threads there from the start.
    private ThreadPoolExecutor pool(int size) {
        ThreadPoolExecutor made =
                new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        made.prestartAllCoreThreads();
        return made;
    }

    /** The pool that all slices use. */
    ExecutorService pool() {
        return pool;
    }

    /** Submits to an executor over the pool for some time. */
    Slice slice(ExecutorService executor, long nanos) throws InterruptedException, ExecutionException {
        CountDownLatch ready = new CountDownLatch(count);
        Callable<Stint> submitter = () -> {
            ready.countDown();
            ready.await();
            return submitFor(nanos, executor);
        };
        ThreadRecorder.Usage before = threads.usage();
        List<Stint> stints = new ArrayList<>();
        for (Future<Stint> stint : submitters.invokeAll(Collections.nCopies(count, submitter))) {
            stints.add(stint.get());
        }
        return new Slice(
                stints.stream().mapToLong(Stint::tasks).sum(),
                elapsed(stints),
                threads.usage().since(before));
    }

    /** What one submitter did. */
    private record Stint(long tasks, long start, long end) {}

    private Stint submitFor(long nanos, ExecutorService executor) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long tasks = 0;
        long now;
        do {
            workload.run(executor);
            tasks += workload.tasksPerRun();
            now = System.nanoTime();
        } while (now - start < nanos);
        return new Stint(tasks, start, now);
    }

    private static long elapsed(List<Stint> stints) {
        long origin = stints.get(0).start();
        long start =
                stints.stream().mapToLong(stint -> stint.start() - origin).min().orElseThrow();
        long end =
                stints.stream().mapToLong(stint -> stint.end() - origin).max().orElseThrow();
        return end - start;
    }

    @Override
    public void close() {
        submitters.shutdownNow();
        pool.shutdownNow();
    }
}
