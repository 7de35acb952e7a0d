package io.github.retainless.executor;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Carries a future through a {@link java.util.concurrent.ForkJoinPool}. When such a pool is shut down, it does not
 * return the tasks that it drops: it cancels them. The carrier then cancels its future too, or the future's readers
 * would wait for ever.
 */
final class ForkJoinCarrier extends ForkJoinTask<@Nullable Void> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ReleasingFuture<?> future;

    ForkJoinCarrier(ReleasingFuture<?> future) {
        this.future = future;
    }

    @Override
    protected boolean exec() {
        ReleasingFuture<?> started = future;
        future = null;
        if (started != null) {
            // As the JDK's own tasks do: on JDK 25 the interrupt of shutdownNow may have come and been cleared by now.
            if (isPoolStopping()) {
                started.cancel(false);
            } else {
                started.run();
            }
        }
        return true;
    }

    private static boolean isPoolStopping() {
        ForkJoinPool pool = getPool();
        return pool != null && pool.isTerminating();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        ReleasingFuture<?> dropped = future;
        if (dropped != null) {
            dropped.cancel(false);
        }
        return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public @Nullable Void getRawResult() {
        return null;
    }

    @Override
    protected void setRawResult(@Nullable Void none) {}
}
