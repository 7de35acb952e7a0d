package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;

/**
 * Composite failures of RxJava that share a root cause: to ask one of RxJava 2 for its cause hangs one exception more
 * to the end of the root cause's chain each time.
 */
enum CompositeFailureSubject implements CorpusSubject {
    COMPOSITES_WITH_A_SHARED_CAUSE_2_2_21(Library.of("RxJava", "2.2.21", io.reactivex.Completable.class), GROWING) {
        @Override
        Throwable composite(Throwable one, Throwable another) {
            return io.reactivex.Completable.mergeArrayDelayError(
                            io.reactivex.Completable.error(one), io.reactivex.Completable.error(another))
                    .blockingGet();
        }
    },
    COMPOSITES_WITH_A_SHARED_CAUSE_3_1_12(
            Library.of("RxJava", "3.1.12", io.reactivex.rxjava3.core.Completable.class), BOUNDED) {
        @Override
        Throwable composite(Throwable one, Throwable another) {
            return io.reactivex.rxjava3.core.Completable.mergeArrayDelayError(
                            io.reactivex.rxjava3.core.Completable.error(one),
                            io.reactivex.rxjava3.core.Completable.error(another))
                    .materialize()
                    .blockingGet()
                    .getError();
        }
    };

    private final Entry entry;

    CompositeFailureSubject(Library library, Verdict right) {
        entry = Entry.of(library, "the causes of a composite failure are read", right)
                .issue("ReactiveX/RxJava#6747")
                .fixedIn("by 3.1.12");
    }

    abstract Throwable composite(Throwable one, Throwable another);

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        Exception outage = new Exception("the bank is down");
        return RetentionExperiment.of(attempt -> {
            Throwable composite = composite(
                    attempt.track(new PaymentDeclined("declined", outage)),
                    attempt.track(new PaymentDeclined("not refunded", outage)));
            composite.getCause();
            throw composite;
        });
    }
}
