package io.github.retainless.heap;

/** Placeholder until the meter lands. */
public final class FootprintMeter {
    /** x. */
    public Footprint measure(Object[] survivors, Object[] outside) {
        return new Footprint(survivors.length * 1000L, survivors.length, false);
    }
}
