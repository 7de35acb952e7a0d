package io.github.retainless.lab.peers;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The middle of some figures, the lowest and the highest of them. */
record Spread(double lowest, double median, double highest) {
    static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f (%.1f to %.1f)", median, lowest, highest);
    }
}
