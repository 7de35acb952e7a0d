package io.github.retainless.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a {@link RetentionWatch} found after a collection.
 *
 * @param watch the name of the watch
 * @param at when it looked
 * @param failures how many failures there have been, watched or not
 * @param watched how many failures are watched and still reachable, as far as known
 * @param collections how many collections of any kind have been noticed; of those close together one
 * @param fullCollections how many times the whole heap has been collected, as far as proven
 * @param bands the failures by age, the oldest first
 * @param retainedByType how many {@linkplain #retained() retained failures} there are of a class; the ten most
 *     frequent, the most frequent first
 * @since 0.1.0
 */
public record RetentionSnapshot(
        String watch,
        Instant at,
        long failures,
        int watched,
        long collections,
        long fullCollections,
        List<AgeBand> bands,
        Map<String, Long> retainedByType) {
    /** Copies list and map. */
    public RetentionSnapshot {
        bands = List.copyOf(bands);
        retainedByType = Collections.unmodifiableMap(new LinkedHashMap<>(retainedByType));
    }

    /**
     * How many failures are still reachable although they are old and two collections of the whole heap, one after the
     * other, would have cleared what nobody holds; estimated from the sample.
     */
    public long retained() {
        return retainedOlderThan(Duration.ZERO);
    }

    /**
     * How many retained failures are of at least this age.
     *
     * @param age how long ago the failure was seen; a band counts by its youngest
     */
    public long retainedOlderThan(Duration age) {
        return settled()
                .filter(band -> band.from().compareTo(age) >= 0)
                .mapToLong(AgeBand::reachable)
                .sum();
    }

    /** How many failures there have been of the ages at which those still reachable count as retained. */
    public long settledFailures() {
        return settled().mapToLong(AgeBand::failures).sum();
    }

    /** How long ago the oldest retained failure was seen, to the precision of its band; zero if there is none. */
    public Duration oldestRetained() {
        return settled()
                .filter(band -> band.reachable() > 0)
                .map(AgeBand::to)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How many retained failures there are of the age that has the most. */
    long retainedOfOneAge() {
        return settled().mapToLong(AgeBand::reachable).max().orElse(0);
    }

    private Stream<AgeBand> settled() {
        return bands.stream().filter(AgeBand::settled);
    }
}
