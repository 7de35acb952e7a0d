package io.github.retainless.examples.rxjava;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.Notification;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.ReplaySubject;
import io.reactivex.rxjava3.subjects.Subject;

/** Uploads files, and shows how uploads have ended, the earlier ones too, to whoever opens the page. */
final class Uploads {
    private final Subject<Notification<String>> history;

    private Uploads(Subject<Notification<String>> history) {
        this.history = history.toSerialized();
    }

    /** Replays all there ever were, with their failures. */
    static Uploads leaky() {
        return new Uploads(ReplaySubject.create());
    }

    /** Replays the last sixteen. */
    static Uploads repaired() {
        return new Uploads(ReplaySubject.createWithSize(16));
    }

    Completable upload(String file) {
        return Completable.fromAction(() -> send(file))
                .subscribeOn(Schedulers.io())
                .doOnComplete(() -> history.onNext(Notification.createOnNext(file)))
                .doOnError(failure -> history.onNext(Notification.createOnError(failure)));
    }

    Observable<Notification<String>> history() {
        return history.hide();
    }

    /** Stands for a store that takes no more. */
    private static void send(String file) {
        throw new IllegalStateException("no room for " + file);
    }
}
