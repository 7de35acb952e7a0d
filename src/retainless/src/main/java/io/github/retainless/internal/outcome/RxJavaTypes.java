package io.github.retainless.internal.outcome;

import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableSource;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeSource;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableSource;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleSource;

/** RxJava's types that are no publishers, as ones that are. Not as stages, which would hold the failure. */
final class RxJavaTypes {
    private RxJavaTypes() {}

    static Object single(Object outcome) {
        return Single.wrap((SingleSource<?>) outcome).toFlowable();
    }

    static Object maybe(Object outcome) {
        return Maybe.wrap((MaybeSource<?>) outcome).toFlowable();
    }

    static Object completable(Object outcome) {
        return Completable.wrap((CompletableSource) outcome).toFlowable();
    }

    static Object observable(Object outcome) {
        return Observable.wrap((ObservableSource<?>) outcome).ignoreElements().toFlowable();
    }
}
