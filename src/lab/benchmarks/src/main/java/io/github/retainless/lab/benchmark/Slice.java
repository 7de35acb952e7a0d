package io.github.retainless.lab.benchmark;

/**
 * What was done in one stretch of time.
 *
 * @param tasks how many tasks ran
 * @param nanos how long that took
 * @param threads what the submitters and the pool's threads used for it
 */
record Slice(long tasks, long nanos, ThreadRecorder.Usage threads) {
    double tasksPerSecond() {
        return tasks * 1e9 / nanos;
    }

    double tasksPerCpuSecond() {
        return tasks * 1e9 / threads.cpuNanos();
    }

    double bytesPerTask() {
        return (double) threads.bytes() / tasks;
    }
}
