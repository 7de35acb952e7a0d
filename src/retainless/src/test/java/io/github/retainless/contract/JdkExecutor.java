package io.github.retainless.contract;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/** The executors that the JDK makes. */
public enum JdkExecutor {
    FIXED_POOL(() -> Executors.newFixedThreadPool(4)),
    CACHED_POOL(Executors::newCachedThreadPool),
    SINGLE_THREAD(Executors::newSingleThreadExecutor),
    FORK_JOIN_POOL(() -> new ForkJoinPool(4)),
    WORK_STEALING_POOL(Executors::newWorkStealingPool),
    SCHEDULED_POOL(() -> Executors.newScheduledThreadPool(2)),
    VIRTUAL_THREADS(JdkExecutor::virtualThreads);

    private final Supplier<ExecutorService> factory;

    JdkExecutor(Supplier<ExecutorService> factory) {
        this.factory = factory;
    }

    /** Those that the running JDK has. */
    public static Set<JdkExecutor> ofThisJdk() {
        return Runtime.version().feature() >= 21
                ? EnumSet.allOf(JdkExecutor.class)
                : EnumSet.complementOf(EnumSet.of(VIRTUAL_THREADS));
    }

    /** A new one. */
    public ExecutorService create() {
        return factory.get();
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
