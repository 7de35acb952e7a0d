package io.github.retainless.corpus;

import static io.github.retainless.verdict.Verdict.GROWING;
import static io.github.retainless.verdict.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.subjects.PaymentDeclined;
import io.github.retainless.verdict.Verdict;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.threads.EnhancedQueueExecutor;
import org.jboss.threads.ViewExecutor;

/** Executors of JBoss Threads that may remember tasks they are through with. */
enum JBossThreadsSubject implements CorpusSubject {
    CANCELLED_WATCHDOGS_3_5_0("3.5.0.Final", GROWING, "jboss-threads-3.5.0.Final.jar"),
    CANCELLED_WATCHDOGS_3_5_1("3.5.1.Final", RELEASED),

    TASKS_OF_A_VIEW_3_1_0("3.1.0.Final", GROWING, "jboss-threads-3.1.0.Final.jar") {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return viewed(scope);
        }

        @Override
        Entry entry(Library library, Verdict right) {
            return view(library, right);
        }
    },
    TASKS_OF_A_VIEW_3_5_1("3.5.1.Final", RELEASED) {
        @Override
        public RetentionExperiment experiment(Scope scope) {
            return viewed(scope);
        }

        @Override
        Entry entry(Library library, Verdict right) {
            return view(library, right);
        }
    };

    private final Entry entry;

    JBossThreadsSubject(String version, Verdict right, String... jars) {
        entry = entry(Library.isolated("JBoss Threads", version, EnhancedQueueExecutor.class, jars), right);
    }

    Entry entry(Library library, Verdict right) {
        return Entry.of(library, "a call fails before its watchdog barks, which is cancelled", right)
                .issue("jboss/jboss-threads#139")
                .fixedIn("3.5.1.Final");
    }

    static Entry view(Library library, Verdict right) {
        return Entry.of(library, "a task of a view of a pool fails", right)
                .issue("jboss/jboss-threads#88")
                .fixedIn("3.1.1.Final");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        EnhancedQueueExecutor timers = scope.ending(
                new EnhancedQueueExecutor.Builder().setCorePoolSize(1).build());
        return RetentionExperiment.of(() -> {
            CompletableFuture<String> call = new CompletableFuture<>();
            Future<?> watchdog =
                    timers.schedule(() -> call.completeExceptionally(new TimeoutException()), 1, TimeUnit.HOURS);
            call.whenComplete((result, failure) -> watchdog.cancel(false));
            call.completeExceptionally(new PaymentDeclined("declined"));
            return call;
        });
    }

    static RetentionExperiment viewed(Scope scope) {
        ExecutorService view = ViewExecutor.builder(scope.pool(2)).build();
        Callable<String> declining = () -> {
            throw new PaymentDeclined("declined");
        };
        return RetentionExperiment.of(() -> view.submit(declining));
    }
}
