package io.github.retainless.lab.benchmark;

import io.github.retainless.executor.FixedAsyncExecutor;
import java.util.concurrent.ExecutorService;

/** The two sides of every comparison. */
public enum Side {
    /** The pool alone. */
    POOL {
        @Override
        ExecutorService over(ExecutorService pool) {
            return pool;
        }
    },
    /** The fixed executor over that pool. */
    FIXED {
        @Override
        ExecutorService over(ExecutorService pool) {
            return FixedAsyncExecutor.over(pool);
        }
    };

    abstract ExecutorService over(ExecutorService pool);
}
