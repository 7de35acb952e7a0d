package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import com.coreoz.wisp.Scheduler;
import com.coreoz.wisp.schedule.Schedules;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One-time jobs of Wisp, which stay in its index by name, with what they captured, when they are over. */
enum WispSubject implements CorpusSubject {
    ONE_TIME_JOBS_2_3_0("2.3.0", "a job fails the future its caller waits for", GROWING, "wisp-2.3.0.jar") {
        @Override
        void forget(Scheduler scheduler, String job) {}
    },
    ONE_TIME_JOBS_2_4_0("2.4.0", "a job fails the future its caller waits for", GROWING) {
        @Override
        void forget(Scheduler scheduler, String job) {}
    },
    ONE_TIME_JOBS_REMOVED_2_4_0("2.4.0", "a job fails the future its caller waits for, and is removed", RELEASED) {
        @Override
        void forget(Scheduler scheduler, String job) {
            scheduler.remove(job);
        }
    };

    private final Entry entry;

    WispSubject(String version, String task, Verdict right, String... jars) {
        entry = Entry.of(Library.isolated("Wisp", version, Scheduler.class, jars), task, right)
                .issue("Coreoz/Wisp#21")
                .fixedIn("2.4.0, Scheduler.remove");
    }

    abstract void forget(Scheduler scheduler, String job);

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        Scheduler scheduler = new Scheduler();
        scope.onClose(scheduler::gracefullyShutdown);
        return RetentionExperiment.of(attempt -> {
            String job = "charge " + attempt.number();
            CompletableFuture<String> charged = new CompletableFuture<>();
            attempt.observe(charged.exceptionallyCompose(declined -> scheduler
                    .cancel(job)
                    .thenAccept(over -> forget(scheduler, job))
                    .thenCompose(forgotten -> CompletableFuture.failedFuture(declined))));
            scheduler.schedule(
                    job,
                    () -> charged.completeExceptionally(new PaymentDeclined("declined")),
                    Schedules.executeOnce(Schedules.fixedDelaySchedule(Duration.ofMillis(1))));
        });
    }
}
