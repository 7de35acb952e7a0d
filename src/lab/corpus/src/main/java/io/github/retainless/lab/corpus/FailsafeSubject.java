package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Retries of Failsafe that recover: the future succeeds, and may remember the attempts that failed. */
enum FailsafeSubject implements CorpusSubject {
    RECOVERED_FUTURES_KEPT_3_3_0(failsafe("3.3.0", GROWING)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return keptFutures(scope);
        }
    },
    RECOVERED_FUTURES_KEPT_3_3_1(failsafe("3.3.1", RELEASED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return keptFutures(scope);
        }
    };

    private final Entry entry;

    FailsafeSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry failsafe(String version, Verdict right) {
        Library library = Library.isolated("Failsafe", version, Failsafe.class, "failsafe-" + version + ".jar");
        return Entry.of(library, "the caller keeps futures that recovered from a failed attempt", right)
                .issue("failsafe-lib/failsafe#361")
                .fixedIn("3.3.1");
    }

    RetentionExperiment keptFutures(Scope scope) {
        FailsafeExecutor<Object> failsafe = Failsafe.with(
                        RetryPolicy.builder().withMaxRetries(1).build())
                .with(scope.ending(Executors.newScheduledThreadPool(1)));
        List<Object> kept = new ArrayList<>();
        return RetentionExperiment.of(attempt -> {
            AtomicBoolean first = new AtomicBoolean(true);
            CompletableFuture<String> recovered = failsafe.getAsync(() -> {
                if (first.getAndSet(false)) {
                    throw attempt.track(new PaymentDeclined("declined"));
                }
                return "charged";
            });
            kept.add(recovered);
            attempt.observe(recovered);
        });
    }
}
