package io.github.retainless.internal.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptThreadsTests {
    /** StandstillTests of the lab stops a whole JVM. */
    @ParameterizedTest
    @CsvSource({"5, 5", "20, 20", "40, 40", "41, 40", "60000, 40"})
    void jvmThatStoodStill_addsTwoLooksAtMost(long millis, long counted) {
        assertThat(Pacing.STANDARD.lookAtAttempts()).isEqualTo(Duration.ofMillis(20));
        assertThat(AttemptThreads.timeOfAttempts(MILLISECONDS.toNanos(millis), Pacing.STANDARD))
                .isEqualTo(MILLISECONDS.toNanos(counted));
    }
}
