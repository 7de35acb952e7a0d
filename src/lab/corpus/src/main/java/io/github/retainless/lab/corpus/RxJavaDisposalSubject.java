package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.reactivex.Flowable;
import io.reactivex.Observable;
import io.reactivex.Single;
import io.reactivex.processors.PublishProcessor;
import io.reactivex.subjects.PublishSubject;
import java.util.concurrent.TimeUnit;

/** Operators of RxJava 2 that fail, and may stay subscribed to an endless source, each before and after its repair. */
enum RxJavaDisposalSubject implements CorpusSubject {
    FLAT_MAP_2_1_9("2.1.9", Operator.FLAT_MAP, GROWING, "rxjava-2.1.9.jar"),
    FLAT_MAP_2_2_21("2.2.21", Operator.FLAT_MAP, RELEASED),
    SWITCH_MAP_2_1_9("2.1.9", Operator.SWITCH_MAP, GROWING, "rxjava-2.1.9.jar"),
    SWITCH_MAP_2_2_21("2.2.21", Operator.SWITCH_MAP, RELEASED),
    TAKE_UNTIL_2_1_9("2.1.9", Operator.TAKE_UNTIL, GROWING, "rxjava-2.1.9.jar"),
    TAKE_UNTIL_2_2_21("2.2.21", Operator.TAKE_UNTIL, RELEASED);

    private final Operator operator;
    private final Entry entry;

    RxJavaDisposalSubject(String version, Operator operator, Verdict right, String... jars) {
        this.operator = operator;
        entry = Entry.of(Library.isolated("RxJava", version, Flowable.class, jars), operator.task, right)
                .issue("ReactiveX/RxJava#" + operator.issue)
                .fixedIn(operator.fixedIn);
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public RetentionExperiment experiment(Scope scope) {
        return operator.experiment();
    }

    private enum Operator {
        FLAT_MAP("a Flowable fails while its flatMap is in an endless inner one", 6825, "2.2.17") {
            @Override
            RetentionExperiment experiment() {
                PublishProcessor<String> rates = PublishProcessor.create();
                return RetentionExperiment.of(() -> Flowable.just("order")
                        .concatWith(Flowable.error(new PaymentDeclined("declined")))
                        .flatMap(order -> rates)
                        .toFuture());
            }
        },
        SWITCH_MAP("an Observable fails while its switchMap is in an endless inner one", 5832, "by 2.2.21") {
            @Override
            RetentionExperiment experiment() {
                PublishSubject<String> rates = PublishSubject.create();
                return RetentionExperiment.of(() -> Observable.just("order")
                        .concatWith(Observable.error(new PaymentDeclined("declined")))
                        .switchMap(order -> rates)
                        .toFuture());
            }
        },
        TAKE_UNTIL("a Single that takes until shutdown times out", 6018, "2.1.15") {
            @Override
            RetentionExperiment experiment() {
                PublishSubject<String> shutdown = PublishSubject.create();
                return RetentionExperiment.of(() -> Single.never()
                        .takeUntil(shutdown.firstOrError())
                        .timeout(1, TimeUnit.MILLISECONDS)
                        .toFuture());
            }
        };

        private final String task;
        private final int issue;
        private final String fixedIn;

        Operator(String task, int issue, String fixedIn) {
            this.task = task;
            this.issue = issue;
            this.fixedIn = fixedIn;
        }

        abstract RetentionExperiment experiment();
    }
}
