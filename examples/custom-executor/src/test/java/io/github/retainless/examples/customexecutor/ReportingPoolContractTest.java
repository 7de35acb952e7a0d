package io.github.retainless.examples.customexecutor;

import io.github.retainless.NoExceptionRetention;
import io.github.retainless.contract.ExceptionRetentionContract;
import java.util.concurrent.ExecutorService;

/** Thirteen tests: every way in which a task of the pool may fail, and two success tasks. */
@NoExceptionRetention(failures = 20)
class ReportingPoolContractTest implements ExceptionRetentionContract {
    @Override
    public ExecutorService createExecutor() {
        return new ReportingPool.Repaired();
    }

    @Override
    public int payloadBytes() {
        return 4 * 1024;
    }
}
