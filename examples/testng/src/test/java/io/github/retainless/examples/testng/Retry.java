package io.github.retainless.examples.testng;

/** Calls something up to three times; knows the last failure, for a status page. */
class Retry {
    private volatile RuntimeException lastFailure;

    void call(Runnable task) {
        RuntimeException failure = before();
        for (int attempt = 1; attempt <= 3; attempt++) {
            try {
                task.run();
                return;
            } catch (RuntimeException failed) {
                if (failure != null) {
                    failed.addSuppressed(failure);
                }
                failure = failed;
            }
        }
        lastFailure = failure;
        throw failure;
    }

    /** What the first failure of a call suppresses. */
    RuntimeException before() {
        return null;
    }

    RuntimeException lastFailure() {
        return lastFailure;
    }

    /** Chains calls as well as attempts, so that the last failure holds all there ever were. */
    static final class Leaky extends Retry {
        @Override
        RuntimeException before() {
            return lastFailure();
        }
    }
}
