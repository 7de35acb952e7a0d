package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Composite futures of Vert.x: a failed one may stay among the listeners of those it no longer waits for. */
enum VertxFutureSubject implements CorpusSubject {
    ALL_WITH_ONE_THAT_NEVER_COMPLETES_4_5_4("4.5.4", GROWING, "vertx-core-4.5.4.jar"),
    ALL_WITH_ONE_THAT_NEVER_COMPLETES_4_5_8("4.5.8", RELEASED);

    private final Entry entry;

    VertxFutureSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("Vert.x", version, Future.class, jars);
        entry = Entry.of(library, "Future.all of one that fails and one that never completes", right)
                .issue("eclipse-vertx/vert.x#5134")
                .fixedIn("by 4.5.8");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        Future<String> pending = Promise.<String>promise().future();
        return RetentionExperiment.of(attempt -> {
            Future<String> declined = Future.failedFuture(new PaymentDeclined("declined"));
            attempt.observe(Future.all(pending, declined).toCompletionStage());
        });
    }
}
