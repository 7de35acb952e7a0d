package io.github.retainless.internal.run;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Heap that is set aside while experiments run, to be given back when there is no other: one for all of a JVM. */
final class Reserve {
    /**
     * What ending threads and reporting take: more where nobody misses it, as the classes for that may not be loaded
     * yet.
     */
    private static final int BYTES =
            (int) Math.max(1 << 20, Math.min(4 << 20, Runtime.getRuntime().maxMemory() / 32));

    /** Weak, so that nothing is set aside when no experiment runs. */
    private static WeakReference<@Nullable Reserve> newest = new WeakReference<>(null);

    private volatile byte @Nullable [] bytes = new byte[BYTES];

    private Reserve() {}

    /** That of the experiments that are running, unless they had to give it back. */
    static synchronized Reserve shared() {
        Reserve reserve = newest.get();
        if (reserve == null || reserve.bytes == null) {
            reserve = new Reserve();
            newest = new WeakReference<>(reserve);
        }
        return reserve;
    }

    void giveBack() {
        bytes = null;
    }
}
