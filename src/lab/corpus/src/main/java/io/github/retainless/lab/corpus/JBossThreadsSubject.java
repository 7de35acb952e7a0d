package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.threads.EnhancedQueueExecutor;

/**
 * Cancelled tasks of a scheduler of JBoss Threads, which may stay in its queue, with what they captured, until their
 * time.
 */
enum JBossThreadsSubject implements CorpusSubject {
    CANCELLED_WATCHDOGS_3_5_0("3.5.0.Final", GROWING, "jboss-threads-3.5.0.Final.jar"),
    CANCELLED_WATCHDOGS_3_6_1("3.6.1.Final", RELEASED);

    private final Entry entry;

    JBossThreadsSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("JBoss Threads", version, EnhancedQueueExecutor.class, jars);
        entry = Entry.of(library, "a call fails before its watchdog barks, which is cancelled", right)
                .issue("jboss/jboss-threads#139")
                .fixedIn("by 3.6.1.Final");
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
}
