package io.github.retainless.internal.run;

import java.time.Duration;
import java.util.List;

/**
 * How long an experiment waits, and for what. Users get {@link #STANDARD}; only tests of this library set another one,
 * by {@link #use}. An experiment reads it once, when it begins.
 *
 * @param leastAge how long failures are watched before a test fails for growth: what a timer or a cache lets go after a
 *     second is not growth
 * @param idlePatience how long an executor may take to have nothing to do; one that is always busy is not waited for
 *     again
 * @param farewell how long our own threads may take to end, so that what follows does not overlap the last attempt
 * @param lookAtAttempts how often somebody looks whether an attempt hangs
 * @param lookForFailuresMade how often an attempt looks whether its failure has been made elsewhere, which nobody
 *     reports
 * @param pausesForRoom the pauses before each collection that is to make room in a full heap: what fills it may be
 *     garbage of other threads, which comes and goes
 */
record Pacing(
        Duration leastAge,
        Duration idlePatience,
        Duration farewell,
        Duration lookAtAttempts,
        Duration lookForFailuresMade,
        List<Duration> pausesForRoom) {
    /** What users get. */
    static final Pacing STANDARD = new Pacing(
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMillis(20),
            Duration.ofMillis(5),
            List.of(
                    Duration.ZERO,
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200),
                    Duration.ofMillis(400)));

    private static volatile Pacing current = STANDARD;

    /** The pacing of experiments that begin now. */
    static Pacing current() {
        return current;
    }

    /** Sets the pacing of all experiments of this JVM that begin from now on. */
    static void use(Pacing pacing) {
        current = pacing;
    }

    Pacing withLeastAge(Duration other) {
        return new Pacing(other, idlePatience, farewell, lookAtAttempts, lookForFailuresMade, pausesForRoom);
    }
}
