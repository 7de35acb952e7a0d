package io.github.retainless.lab.benchmark;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The workloads under JMH: the sides in JVMs of their own, where no code is shared between them, and with JMH's
 * profilers. On a noisy machine the ratios of {@link Throughput} are the better ones. {@code -t} says how many submit.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
public class ExecutorBenchmark {
    /** Whose turn it is. */
    @Param({"POOL", "FIXED"})
    public Side side;

    private ExecutorService executor;

    /** Makes a pool with a thread for each processor. */
    @Setup
    public void start() {
        executor = side.over(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
    }

    /** Ends it. */
    @TearDown
    public void shutDown() {
        executor.shutdown();
    }

    @Benchmark
    public void failingOneByOne() throws InterruptedException, ExecutionException {
        Workload.FAILING_ONE_BY_ONE.run(executor);
    }

    @Benchmark
    public void succeedingOneByOne() throws InterruptedException, ExecutionException {
        Workload.SUCCEEDING_ONE_BY_ONE.run(executor);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.BATCH)
    public void failingInBatches() throws InterruptedException, ExecutionException {
        Workload.FAILING_IN_BATCHES.run(executor);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.BATCH)
    public void succeedingInBatches() throws InterruptedException, ExecutionException {
        Workload.SUCCEEDING_IN_BATCHES.run(executor);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.BATCH)
    public void executed() throws InterruptedException, ExecutionException {
        Workload.EXECUTED.run(executor);
    }
}
