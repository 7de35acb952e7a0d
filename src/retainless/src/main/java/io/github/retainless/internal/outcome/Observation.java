package io.github.retainless.internal.outcome;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The wait for one outcome that calls back. Whoever calls back may keep it for ever, so it never holds the failure, and
 * nothing that may lead there once it is settled.
 */
public final class Observation {
    private final BooleanSupplier isOver;
    private final Consumer<@Nullable Throwable> whenSettled;
    private boolean settled;
    private @Nullable Runnable cancellation;

    /**
     * @param isOver whether nobody waits any more
     * @param whenSettled gets the failure, or null for success; once at most
     */
    public Observation(BooleanSupplier isOver, Consumer<@Nullable Throwable> whenSettled) {
        this.isOver = isOver;
        this.whenSettled = whenSettled;
    }

    /** The outcome failed, or succeeded if that is null; only the first call counts. */
    public void settle(@Nullable Throwable failure) {
        synchronized (this) {
            if (settled) {
                return;
            }
            settled = true;
            cancellation = null;
        }
        whenSettled.accept(failure);
    }

    /** How to unsubscribe. */
    void cancelWith(Runnable unsubscribing) {
        synchronized (this) {
            cancellation = settled ? null : unsubscribing;
        }
        cancelIfOver();
    }

    /**
     * For subscribers that are called again and again: some publishers never end, and leave no other thread to stop
     * them.
     */
    void cancelIfOver() {
        if (isOver.getAsBoolean()) {
            cancel();
        }
    }

    /** Unsubscribes, if there was something to subscribe to and it is not settled. */
    public void cancel() {
        Runnable unsubscribing;
        synchronized (this) {
            unsubscribing = cancellation;
            cancellation = null;
        }
        if (unsubscribing != null) {
            try {
                unsubscribing.run();
            } catch (Throwable ignored) {
                // The experiment is over and has its reason; this would be news to nobody.
            }
        }
    }
}
