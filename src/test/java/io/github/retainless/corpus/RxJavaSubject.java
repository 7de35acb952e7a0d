package io.github.retainless.corpus;

import static io.github.retainless.verdict.Verdict.BOUNDED;
import static io.github.retainless.verdict.Verdict.GROWING;
import static io.github.retainless.verdict.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.subjects.PaymentDeclined;
import io.github.retainless.verdict.Verdict;
import io.reactivex.Completable;
import io.reactivex.Flowable;
import io.reactivex.Observable;
import io.reactivex.processors.PublishProcessor;
import io.reactivex.subjects.PublishSubject;

/** Operators of RxJava 2 whose failure leaves something behind, each at a version before and one after it was repaired. */
enum RxJavaSubject implements CorpusSubject {
    FLAT_MAP_WITH_AN_ENDLESS_INNER_2_1_9("2.1.9", Operator.FLAT_MAP, GROWING, "rxjava-2.1.9.jar"),
    FLAT_MAP_WITH_AN_ENDLESS_INNER_2_2_21("2.2.21", Operator.FLAT_MAP, RELEASED),
    SWITCH_MAP_WITH_AN_ENDLESS_INNER_2_1_9("2.1.9", Operator.SWITCH_MAP, GROWING, "rxjava-2.1.9.jar"),
    SWITCH_MAP_WITH_AN_ENDLESS_INNER_2_2_21("2.2.21", Operator.SWITCH_MAP, RELEASED),
    COMPOSITE_WITH_A_SHARED_CAUSE_2_1_9("2.1.9", Operator.MERGE_DELAY_ERROR, GROWING, "rxjava-2.1.9.jar"),
    COMPOSITE_WITH_A_SHARED_CAUSE_2_2_21("2.2.21", Operator.MERGE_DELAY_ERROR, BOUNDED);

    private final Operator operator;
    private final Entry entry;

    RxJavaSubject(String version, Operator operator, Verdict right, String... jars) {
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
        FLAT_MAP("a Flowable fails while flatMap is in an inner one that never ends", "6825", "2.2.17") {
            @Override
            RetentionExperiment experiment() {
                PublishProcessor<String> rates = PublishProcessor.create();
                return RetentionExperiment.of(() -> Flowable.just("order")
                        .concatWith(Flowable.error(new PaymentDeclined("declined")))
                        .flatMap(order -> rates)
                        .toFuture());
            }
        },
        SWITCH_MAP("an Observable fails while switchMap is in an inner one that never ends", "5832", "2.1.10") {
            @Override
            RetentionExperiment experiment() {
                PublishSubject<String> rates = PublishSubject.create();
                return RetentionExperiment.of(() -> Observable.just("order")
                        .concatWith(Observable.error(new PaymentDeclined("declined")))
                        .switchMap(order -> rates)
                        .toFuture());
            }
        },
        MERGE_DELAY_ERROR("the causes of composite failures are read, which share a root cause", "6747", "2.2.16") {
            @Override
            RetentionExperiment experiment() {
                Exception outage = new Exception("the bank is down");
                return RetentionExperiment.of(() -> {
                    Throwable composite = Completable.mergeArrayDelayError(
                                    Completable.error(new PaymentDeclined("declined", outage)),
                                    Completable.error(new PaymentDeclined("not refunded", outage)))
                            .blockingGet();
                    composite.getCause();
                    throw composite;
                });
            }
        };

        private final String task;
        private final String issue;
        private final String fixedIn;

        Operator(String task, String issue, String fixedIn) {
            this.task = task;
            this.issue = issue;
            this.fixedIn = fixedIn;
        }

        abstract RetentionExperiment experiment();
    }
}
