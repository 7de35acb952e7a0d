package io.github.retainless.lab.benchmark;

import java.util.List;

/** How long to measure. */
enum Thoroughness {
    FULL(List.of(1, 4, 16, 64), 15, 50),
    QUICK(List.of(1, 16), 12, 15);

    /** Short, so that what disturbs the machine disturbs both slices of a pair, or one pair of many. */
    static final long SLICE_NANOS = 80_000_000;

    private final List<Integer> submitters;
    private final int warmUpPairs;
    private final int pairs;

    Thoroughness(List<Integer> submitters, int warmUpPairs, int pairs) {
        this.submitters = submitters;
        this.warmUpPairs = warmUpPairs;
        this.pairs = pairs;
    }

    /** How many threads submit, row by row. */
    List<Integer> submitters() {
        return submitters;
    }

    int warmUpPairs() {
        return warmUpPairs;
    }

    int pairs() {
        return pairs;
    }

    /** What the command line says: {@code full}, the default, or {@code quick}. */
    static Thoroughness of(String... arguments) {
        return switch (arguments.length == 0 ? "full" : arguments[0]) {
            case "full" -> FULL;
            case "quick" -> QUICK;
            default -> throw new IllegalArgumentException("thoroughness \"" + arguments[0] + "\": say full or quick");
        };
    }
}
