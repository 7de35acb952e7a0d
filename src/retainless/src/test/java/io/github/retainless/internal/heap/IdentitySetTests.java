package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentitySetTests {
    private static final long KIB = 1 << 10;

    /**
     * In the first heap G1 had two free regions of 1 MiB, which were not beside each other, and counted 3.3 MiB as
     * free.
     */
    @ParameterizedTest
    @CsvSource({
        "1536, 3292, 49152, false",
        "1536, 4607, 49152, false",
        "1536, 4608, 49152, true",
        "12, 1000, 49152, false",
        "12582912, 33554432, 268435456, true"
    })
    void table_growsIfItTakesHalfOfWhatIsLeftInOnePiece(long table, long free, long max, boolean grows) {
        assertThat(IdentitySet.hasRoom(table * KIB, free * KIB, max * KIB)).isEqualTo(grows);
    }
}
