package io.github.retainless.internal.outcome;

import kotlinx.coroutines.Job;
import kotlinx.coroutines.future.FutureKt;

/** Kotlin's {@code Job}, and so {@code Deferred}. */
final class KotlinTypes {
    private KotlinTypes() {}

    static Object job(Object outcome) {
        Job job = (Job) outcome;
        // As join() and await() do; only a lazy one has not started by itself.
        job.start();
        return FutureKt.asCompletableFuture(job);
    }
}
