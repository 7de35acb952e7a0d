package io.github.retainless.lab.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A way to leak, and the paths that a reader of a report could be shown, the best first: names without packages,
 * {@code []} for whatever element.
 */
enum Group {
    STATIC_LIST(Leaks::inStaticList, "static Leaks.SEEN", "[]"),
    FUTURES_BY_KEY(
            Leaks::inFuturesByKey,
            "static Leaks.IN_FLIGHT",
            "[]",
            "CompletableFuture.result",
            "CompletableFuture$AltResult.ex"),
    THREAD_LOCAL(Leaks::inThreadLocal, "thread ledger-1", "thread-local Leaks.ERRORS", "[]"),
    QUEUED_TASKS(Leaks::inQueuedTasks, "static Leaks.DONE", "[]", "FutureTask.outcome"),
    DELAYED_TASKS(
            Leaks::inDelayedTasks,
            List.of(
                    delayed("static Leaks.TIMER"),
                    // The thread of the pool holds its queue as well; the fields are those of JDK 17, then of 25.
                    delayed("thread timer-1", "Thread.target", "ThreadPoolExecutor$Worker.this$0"),
                    delayed(
                            "thread timer-1",
                            "Thread.holder",
                            "Thread$FieldHolder.task",
                            "ThreadPoolExecutor$Worker.this$0"))),
    SUPPRESSED(Leaks::asSuppressed, "static Leaks.OUTAGE", "Throwable.suppressedExceptions", "[]"),
    LOCAL_OF_BLOCKED_THREAD(Leaks::inLocalOfBlockedThread, "thread reconciler", "local Leaks.reconcile", "[]"),
    QUEUED_LAMBDAS(Leaks::inQueuedLambdas, "static Leaks.RETRIES", "[]", "Leaks$$Lambda.arg$1"),
    RECORDS(Leaks::inRecords, "static Leaks.OUTCOMES", "[]", "Leaks$Outcome.failure"),
    INNER_CLASSES(
            Leaks::inInnerClasses,
            "static Leaks.LISTENERS",
            "[]",
            "Leaks$Order$Listener.this$0",
            "Leaks$Order.failure");

    private final Leak leak;
    private final List<List<String>> paths;

    /** Keeps a number of failures, each of which it has shown to somebody. */
    private interface Leak {
        void keep(int failures, Consumer<Throwable> watch) throws InterruptedException;
    }

    Group(Leak leak, String... path) {
        this(leak, List.of(List.of(path)));
    }

    Group(Leak leak, List<List<String>> paths) {
        this.leak = leak;
        this.paths = paths;
    }

    private static List<String> delayed(String... pool) {
        List<String> path = new ArrayList<>(List.of(pool));
        path.addAll(List.of(
                "ThreadPoolExecutor.workQueue",
                "[]",
                "FutureTask.callable",
                "Executors$RunnableAdapter.task",
                "Leaks$$Lambda.arg$1"));
        return path;
    }

    void keep(int failures, Consumer<Throwable> watch) throws InterruptedException {
        leak.keep(failures, watch);
    }

    List<List<String>> paths() {
        return paths;
    }
}
