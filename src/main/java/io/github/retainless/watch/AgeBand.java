package io.github.retainless.watch;

import java.time.Duration;

/**
 * The failures of one age.
 *
 * @param from how long ago the youngest of them was seen
 * @param to how long ago the oldest of them was seen
 * @param failures how many failures there were, watched or not
 * @param survivors how many of these are still reachable, as far as known; estimated from the sample
 * @param proven whether two collections of the whole heap, one after the other, would have cleared what nobody holds; if
 *     not, survivors may be garbage that waits for one
 * @since 0.1.0
 */
public record AgeBand(Duration from, Duration to, long failures, long survivors, boolean proven) {}
