package io.github.retainless.internal.output.results;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where results come from.
 *
 * @param jvm the JVM that ran the tests, by an id of its own
 * @param started when it began to write results
 * @param shard which of several machines it ran on; null if the build did not say
 */
public record Origin(String jvm, Instant started, @Nullable Shard shard) {
    /** This JVM, from now on. */
    public static Origin ofThisJvm(@Nullable Shard shard) {
        return new Origin(UUID.randomUUID().toString(), Instant.now(), shard);
    }
}
