package io.github.retainless.internal.outcome;

import io.smallrye.mutiny.Uni;

/** Mutiny's {@code Uni}; {@code Multi} is a publisher. */
final class MutinyTypes {
    private MutinyTypes() {}

    static Object uni(Object outcome) {
        return ((Uni<?>) outcome).toMulti();
    }
}
