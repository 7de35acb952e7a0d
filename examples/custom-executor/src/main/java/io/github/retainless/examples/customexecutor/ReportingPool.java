package io.github.retainless.examples.customexecutor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A pool that keeps a record of the tasks that fail, for a status page. */
abstract class ReportingPool extends ThreadPoolExecutor {
    ReportingPool() {
        super(8, 8, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    /** Takes a failure down. */
    abstract void record(Runnable task, Throwable failure);

    @Override
    protected void afterExecute(Runnable task, Throwable uncaught) {
        super.afterExecute(task, uncaught);
        if (uncaught != null) {
            record(task, uncaught);
        } else if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
            try {
                future.get();
            } catch (ExecutionException failed) {
                record(task, failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps the tasks and their failures. */
    static final class Leaky extends ReportingPool {
        final Map<Runnable, Throwable> failures = new ConcurrentHashMap<>();

        @Override
        void record(Runnable task, Throwable failure) {
            failures.put(task, failure);
        }
    }

    /** Counts failures by their class. */
    static final class Repaired extends ReportingPool {
        private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

        @Override
        void record(Runnable task, Throwable failure) {
            failures.computeIfAbsent(failure.getClass().getName(), name -> new LongAdder())
                    .increment();
        }

        Map<String, LongAdder> failures() {
            return failures;
        }
    }
}
