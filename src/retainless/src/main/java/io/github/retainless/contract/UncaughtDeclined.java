package io.github.retainless.contract;

import io.github.retainless.contract.ContractTask.Declined;

/** Prints what a thread does not catch as it is done by default, but not our own: there would be hundreds. */
record UncaughtDeclined(ThreadGroup group) implements Thread.UncaughtExceptionHandler {
    /** Keeps this thread quiet about our failures, unless its owner has a handler. */
    static void keepQuiet() {
        Thread thread = Thread.currentThread();
        ThreadGroup group = thread.getThreadGroup();
        boolean wouldPrint =
                thread.getUncaughtExceptionHandler() == group && Thread.getDefaultUncaughtExceptionHandler() == null;
        if (wouldPrint && group != null) {
            thread.setUncaughtExceptionHandler(new UncaughtDeclined(group));
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable uncaught) {
        if (!(uncaught instanceof Declined)) {
            group.uncaughtException(thread, uncaught);
        }
    }
}
