package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;

/** Fallbacks of Guava's {@code whenAllComplete} that take long, and may know the inputs that failed as long. */
enum GuavaCombinerSubject implements CorpusSubject {
    LONG_FALLBACK_28_0("28.0-jre", GROWING, "guava-28.0-jre.jar"),
    LONG_FALLBACK_33_5_0("33.5.0-jre", RELEASED);

    private final Entry entry;

    GuavaCombinerSubject(String version, Verdict right, String... jars) {
        Library library = Library.isolated("Guava", version, Futures.class, jars);
        entry = Entry.of(library, "whenAllComplete of a failed future, then a fallback that does not come", right)
                .issue("google/guava#3579")
                .fixedIn("by 33.5.0");
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        SettableFuture<String> fallback = SettableFuture.create();
        return RetentionExperiment.of(attempt -> {
            ListenableFuture<String> declined =
                    Futures.immediateFailedFuture(attempt.track(new PaymentDeclined("declined")));
            scope.slot = Futures.whenAllComplete(declined).callAsync(() -> fallback, MoreExecutors.directExecutor());
        });
    }
}
