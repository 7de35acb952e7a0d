package io.github.retainless.internal.baseline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What grows in a test against what is known of it.
 *
 * @param changes all that is to be told, in the order of the paths
 */
record Comparison(List<Change> changes) {
    /** Less than that is noise: a JVM lays out, and a test happens to fill, a few objects more or less. */
    private static final double NOISE = 0.10;

    private static final long NOISE_BYTES = 256;

    enum Kind {
        /** As it is known. */
        SAME,
        /** A path that nobody knows. */
        NEW,
        /** More bytes than are known. */
        MORE,
        /** Known, but only for a time, which is over. */
        EXPIRED,
        /** Fewer bytes than are known. */
        LESS,
        /** The path is there no more. */
        GONE;

        boolean isWorse() {
            return this == NEW || this == MORE || this == EXPIRED;
        }

        boolean isBetter() {
            return this == LESS || this == GONE;
        }
    }

    /**
     * What became of a path.
     *
     * @param known what is known; of a new path the growth itself, without a reason
     * @param bytes how many bytes for each failure it is now
     */
    record Change(Kind kind, BaselineEntry known, long bytes) {}

    Comparison {
        changes = List.copyOf(changes);
    }

    /**
     * Compares.
     *
     * @param known the entries of one test
     * @param growing what grows in it
     */
    static Comparison of(String test, List<BaselineEntry> known, List<GrowingPath> growing, LocalDate today) {
        List<Change> changes = new ArrayList<>();
        for (BaselineEntry leak : known) {
            changes.add(growing.stream()
                    .filter(leak::isOn)
                    .findFirst()
                    .map(path -> new Change(kind(leak, path.bytesPerFailure(), today), leak, path.bytesPerFailure()))
                    .orElseGet(() -> new Change(Kind.GONE, leak, 0)));
        }
        for (GrowingPath path : growing) {
            if (known.stream().noneMatch(leak -> leak.isOn(path))) {
                BaselineEntry added = new BaselineEntry(test, path.path(), path.bytesPerFailure(), "", null);
                changes.add(new Change(Kind.NEW, added, path.bytesPerFailure()));
            }
        }
        return new Comparison(changes);
    }

    private static Kind kind(BaselineEntry leak, long bytes, LocalDate today) {
        long more = bytes - leak.bytesPerFailure();
        boolean differs = Math.abs(more) > NOISE_BYTES && Math.abs(more) > NOISE * leak.bytesPerFailure();
        if (differs && more > 0) {
            return Kind.MORE;
        }
        if (leak.isExpired(today)) {
            return Kind.EXPIRED;
        }
        return differs ? Kind.LESS : Kind.SAME;
    }

    boolean isWorse() {
        return changes.stream().anyMatch(change -> change.kind().isWorse());
    }

    boolean isBetter() {
        return changes.stream().anyMatch(change -> change.kind().isBetter());
    }
}
