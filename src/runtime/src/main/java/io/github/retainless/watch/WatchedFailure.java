package io.github.retainless.watch;

import java.lang.ref.WeakReference;

/** Watches one failure; knows how old it is, and what it was. */
final class WatchedFailure extends WeakReference<Throwable> {
    final int hash;
    /** The name of its class: the class itself would hold its loader. */
    final String type;

    Cohort cohort;

    WatchedFailure(Throwable failure, int hash, Cohort cohort) {
        super(failure);
        this.hash = hash;
        this.type = failure.getClass().getName();
        this.cohort = cohort;
    }

    boolean isCleared() {
        // Not get(): that would keep the failure alive on a concurrent collector.
        return refersTo(null);
    }

    /** Whether its cohort has been merged into one that samples less, and it is not in the sample. */
    boolean isLeftOut() {
        return !cohort.samples(hash);
    }
}
