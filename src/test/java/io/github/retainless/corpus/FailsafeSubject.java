package io.github.retainless.corpus;

import static io.github.retainless.verdict.Verdict.GROWING;
import static io.github.retainless.verdict.Verdict.RELEASED;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.subjects.PaymentDeclined;
import io.github.retainless.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Retries of Failsafe that recover: the future succeeds, and may remember the attempts that failed. */
enum FailsafeSubject implements CorpusSubject {
    RECOVERED_FUTURES_3_3_0("3.3.0", GROWING),
    RECOVERED_FUTURES_3_3_1("3.3.1", RELEASED);

    private final Entry entry;

    FailsafeSubject(String version, Verdict right) {
        Library library = Library.isolated("Failsafe", version, Failsafe.class, "failsafe-" + version + ".jar");
        entry = Entry.of(library, "the caller keeps futures that recovered after a failed attempt", right)
                .issue("failsafe-lib/failsafe#361")
                .fixedIn("3.3.1");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        var failsafe = Failsafe.with(RetryPolicy.builder().withMaxRetries(1).build())
                .with(scope.ending(Executors.newScheduledThreadPool(1)));
        List<CompletableFuture<?>> kept = Collections.synchronizedList(new ArrayList<>());
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
