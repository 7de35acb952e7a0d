package io.github.retainless.watch;

import java.time.Duration;

/**
 * The failures of one age.
 *
 * @param from how long ago the youngest of them was seen
 * @param to how long ago the oldest of them was seen
 * @param failures how many failures there were, watched or not
 * @param reachable how many of these are still reachable, as far as known; estimated from the sample
 * @param settled whether those still reachable count as retained: they are at least
 *     {@link RetentionWatch.Builder#minAge} old, and two collections of the whole heap, one after the other, would have
 *     cleared what nobody holds. If not, they may be in use, or garbage that waits for a collection
 * @since 0.1.0
 */
public record AgeBand(Duration from, Duration to, long failures, long reachable, boolean settled) {}
