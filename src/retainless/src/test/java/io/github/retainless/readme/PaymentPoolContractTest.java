package io.github.retainless.readme;

import io.github.retainless.contract.ExceptionRetentionContract;
import io.github.retainless.executor.FixedAsyncExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class PaymentPoolContractTest implements ExceptionRetentionContract {
    @Override
    public ExecutorService createExecutor() {
        return FixedAsyncExecutor.over(Executors.newFixedThreadPool(4)); // yours here
    }
}
