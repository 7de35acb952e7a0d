package io.github.retainless.internal.run;

import io.github.retainless.internal.capture.Selection;
import io.github.retainless.internal.capture.ThrowableCapture;
import io.github.retainless.internal.track.FailureWatch;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sees failures where they are made, on whichever thread, so also those that somebody swallows. One that is made on the
 * thread of an attempt belongs to that; any other to an attempt under way of which none has been seen yet, or to the
 * latest.
 */
final class CreatedFailures implements AutoCloseable {
    private final Selection selection;
    private final FailureWatch watch;
    private final LastFailures lastFailures;
    private final Set<RunningAttempt> underWay = ConcurrentHashMap.newKeySet();

    /** Not watched at once: they are not complete yet, and whoever makes them may hold any lock. */
    private final Queue<Created> pending = new ConcurrentLinkedQueue<>();

    /** Those whose constructors may not have ended when they were: their fields are looked at again. */
    private final Queue<Created> watched = new ConcurrentLinkedQueue<>();

    private volatile int latest;
    private @Nullable ThrowableCapture capture;

    private record Created(WeakReference<Throwable> failure, int attempt) {}

    CreatedFailures(Selection selection, FailureWatch watch, LastFailures lastFailures) {
        this.selection = selection;
        this.watch = watch;
        this.lastFailures = lastFailures;
    }

    /**
     * Begins to see them.
     *
     * @throws io.github.retainless.internal.capture.CaptureUnavailableException if that can't be done in this JVM
     */
    void start() {
        capture = ThrowableCapture.start(selection, this::created);
    }

    void begins(RunningAttempt attempt) {
        latest = attempt.number();
        underWay.add(attempt);
    }

    void ends(RunningAttempt attempt) {
        underWay.remove(attempt);
        watchPending();
    }

    private void created(Throwable failure) {
        RunningAttempt here = RunningAttempt.onThisThread();
        if (here != null && !underWay.contains(here)) {
            // It is another experiment's.
            return;
        }
        RunningAttempt attempt = here != null ? here : claimOneWithout();
        int number = attempt == null ? latest : attempt.number();
        lastFailures.record(Thread.currentThread(), number);
        pending.add(new Created(new WeakReference<>(failure), number));
        if (here != null) {
            here.seeOneMade();
        }
    }

    private @Nullable RunningAttempt claimOneWithout() {
        for (RunningAttempt attempt : underWay) {
            if (attempt.seeOneMade()) {
                return attempt;
            }
        }
        return null;
    }

    /** Watches those that have been made until now, since all attempts have ended. */
    void watchAll() {
        watchPending();
        for (Created created = watched.poll(); created != null; created = watched.poll()) {
            Throwable failure = created.failure().get();
            if (failure != null) {
                watch.watchFailureAgain(failure, created.attempt());
            }
        }
    }

    private void watchPending() {
        for (Created created = pending.poll(); created != null; created = pending.poll()) {
            Throwable failure = created.failure().get();
            if (failure != null) {
                watch.watchFailure(failure, created.attempt());
                watched.add(created);
            }
        }
    }

    @Override
    public void close() {
        if (capture != null) {
            capture.close();
        }
    }
}
