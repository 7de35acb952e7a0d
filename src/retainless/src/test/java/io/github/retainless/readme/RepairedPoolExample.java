package io.github.retainless.readme;

import io.github.retainless.executor.FixedAsyncExecutor;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An example of the manual. */
final class RepairedPoolExample {
    private RepairedPoolExample() {}

    static List<Throwable> readTwice() throws InterruptedException {
        FixedAsyncExecutor executor = FixedAsyncExecutor.over(Executors.newFixedThreadPool(4));
        Future<String> charge = executor.submit(() -> {
            throw new PaymentDeclined(new byte[64 * 1024]);
        });
        Throwable first = causeOf(charge); // the PaymentDeclined, with its payload and both stacks
        Throwable second = causeOf(charge); // a FailureSummary: its type, message and stack as text
        executor.failures().register("payments"); // failed, delivered, released, undelivered, last: as an MBean
        executor.close();
        return List.of(first, second);
    }

    private static Throwable causeOf(Future<?> future) throws InterruptedException {
        try {
            throw new AssertionError(future.get());
        } catch (ExecutionException failure) {
            return failure.getCause();
        }
    }
}
