package io.github.retainless.lab.corpus;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.PaymentDeclined;
import io.reactivex.Observable;
import io.reactivex.rxjava3.core.Notification;
import io.reactivex.rxjava3.subjects.ReplaySubject;
import io.reactivex.subjects.PublishSubject;

/** Errors inside pipelines of RxJava 2 and 3. */
enum RxJavaSubject implements CorpusSubject {
    RETRY_WHEN_DISPOSED_2_0_0(retryWhen("2.0.0", GROWING)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return disposedRetryWhen();
        }
    },
    RETRY_WHEN_DISPOSED_2_0_1(retryWhen("2.0.1", RELEASED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return disposedRetryWhen();
        }
    },
    UNBOUNDED_REPLAY_SUBJECT(replay("a ReplaySubject of materialised errors", GROWING)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return replayed(ReplaySubject.create());
        }
    },
    REPLAY_SUBJECT_OF_16(replay("a ReplaySubject of the last 16 materialised errors", BOUNDED)) {
        @Override
        public RetentionExperiment experiment(Scope scope) throws Exception {
            return replayed(ReplaySubject.createWithSize(16));
        }
    };

    private final Entry entry;

    RxJavaSubject(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry retryWhen(String version, Verdict right) {
        return Entry.of(
                        Library.isolated("RxJava", version, PublishSubject.class, "rxjava-" + version + ".jar"),
                        "retryWhen waits for a subject and is disposed",
                        right)
                .issue("ReactiveX/RxJava#4782")
                .fixedIn("2.0.1");
    }

    private static Entry replay(String task, Verdict right) {
        return Entry.of(Library.isolated("RxJava", "3.1.8", ReplaySubject.class, "rxjava-3.1.8.jar"), task, right)
                .issue("misuse");
    }

    RetentionExperiment disposedRetryWhen() {
        PublishSubject<String> again = PublishSubject.create();
        return RetentionExperiment.of((RetentionExperiment.Action) () -> {
            PaymentDeclined failure = new PaymentDeclined("declined");
            Observable.error(failure)
                    .retryWhen(errors -> errors.switchMap(error -> again))
                    .subscribe()
                    .dispose();
            throw failure;
        });
    }

    RetentionExperiment replayed(ReplaySubject<Notification<String>> outcomes) {
        return RetentionExperiment.of((RetentionExperiment.Action) () -> {
            PaymentDeclined failure = new PaymentDeclined("declined");
            outcomes.onNext(Notification.createOnError(failure));
            throw failure;
        });
    }
}
