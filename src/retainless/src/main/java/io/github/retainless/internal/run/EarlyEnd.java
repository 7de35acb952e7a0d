package io.github.retainless.internal.run;

import io.github.retainless.internal.heap.FullHeap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends an experiment early; the first reason counts. */
final class EarlyEnd {
    /**
     * @param text what happened, to follow the task's name and a colon
     * @param remedy what to do about it
     * @param heapIsFull whether what is known until then may still make a verdict
     */
    record Reason(String text, String remedy, boolean heapIsFull) {}

    private final AtomicReference<@Nullable Reason> reason = new AtomicReference<>();

    private final Reserve reserve = Reserve.shared();

    /**
     * Memory has run out: gives back what was set aside, so that there is some to say so. Before anything is made of
     * it.
     */
    void makeRoom() {
        reserve.giveBack();
    }

    void because(String text, String remedy) {
        reason.compareAndSet(null, new Reason(text, remedy, false));
    }

    void becauseHeapIsFull(String text, String remedy) {
        makeRoom();
        reason.compareAndSet(null, new Reason(text, remedy, true));
    }

    /** There is none left for us to deal with this attempt. */
    void becauseNoMemoryIsLeftAround(int attempt) {
        makeRoom();
        becauseHeapIsFull("no memory was left around attempt " + attempt, FullHeap.REMEDY);
    }

    /** @param how what kept the collection from being proven */
    void becauseHeapCannotBeCollected(String how) {
        because("the heap could not be collected", how);
    }

    @Nullable
    Reason reason() {
        return reason.get();
    }

    boolean isSet() {
        return reason.get() != null;
    }
}
