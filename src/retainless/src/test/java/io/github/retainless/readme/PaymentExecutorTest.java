package io.github.retainless.readme;

import io.github.retainless.AsyncTask;
import io.github.retainless.ExecutorUnderTest;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.executor.FixedAsyncExecutor;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;

@NoExceptionRetention(maxRetained = 0)
class PaymentExecutorTest {
    @ExecutorUnderTest // tasks then run on it
    final ExecutorService executor = FixedAsyncExecutor.fixedPool(4);

    @AsyncTask
    void declinedPayment() {
        throw new PaymentDeclined(new byte[64 * 1024]);
    }

    @AfterEach
    void shutDown() {
        executor.shutdown();
    }
}
