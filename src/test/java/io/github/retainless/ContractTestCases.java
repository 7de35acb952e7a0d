package io.github.retainless;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The contract of whichever executor is to be tested. */
class ContractTestCases implements ExceptionRetentionContract {
    static volatile Supplier<? extends Executor> executors;

    @Override
    public Executor createExecutor() {
        return executors.get();
    }
}
