package io.github.retainless.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A heap of 256 MiB that is only numbers. LargePayloadsTests of the lab fills real ones. */
class HeapGuardTests {
    private static final long MIB = 1 << 20;
    private static final int PAUSES = 5;

    private final EarlyEnd stop = new EarlyEnd();
    private long free = 250 * MIB;
    private long freedByACollection;
    private int collections;

    private HeapGuard guard(int concurrency) {
        return new HeapGuard(
                256 * MIB,
                concurrency,
                () -> free,
                () -> {
                    collections++;
                    free += freedByACollection;
                },
                stop,
                Collections.nCopies(PAUSES, Duration.ZERO));
    }

    /** Checks in the empty heap, and when this much is free after an attempt that allocated 64 MiB. */
    private void checkAgainWith(int concurrency, long freeMebibytes) throws InterruptedException {
        HeapGuard guard = guard(concurrency);
        guard.check();
        guard.sawAttemptOf(64 * MIB);
        free = freeMebibytes * MIB;
        guard.check();
    }

    @Test
    void roomForOneMore_goesOnWithoutACollection() throws InterruptedException {
        checkAgainWith(1, 81);

        assertThat(stop.isSet()).isFalse();
        assertThat(collections).isZero();
    }

    @Test
    void noRoomForOneMore_endsTheExperimentAndSaysSo() throws InterruptedException {
        checkAgainWith(1, 80);

        assertThat(Objects.requireNonNull(stop.reason()))
                .isEqualTo(new EarlyEnd.Reason(
                        "stopped early, with 80.0 MiB of 256.0 MiB heap free where 1 attempt allocates 64.0 MiB",
                        "Raise -Xmx, or make the payloads smaller.",
                        true));
        assertThat(collections).isEqualTo(PAUSES);
    }

    @Test
    void noRoomForOneMoreOnEachThread_endsTheExperimentAndSaysSo() throws InterruptedException {
        checkAgainWith(2, 160);

        assertThat(Objects.requireNonNull(stop.reason()).text())
                .endsWith("heap free where 2 attempts allocate 128.0 MiB");
    }

    @Test
    void roomComesBackWithTheThirdCollection_goesOn() throws InterruptedException {
        freedByACollection = 10 * MIB;

        checkAgainWith(1, 60);

        assertThat(stop.isSet()).isFalse();
        assertThat(collections).isEqualTo(3);
    }

    @Test
    void attemptsThatLeaveNothing_goOn_thoughTheyAllocateMoreThanTheHeap() throws InterruptedException {
        HeapGuard guard = guard(4);
        guard.check();
        guard.sawAttemptOf(400 * MIB);
        guard.check();

        assertThat(stop.isSet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10, 3, false", "10, 4, true", "32, 1, false", "33, 1, true", "33, 0, true"})
    void attemptsThatFillAnEighthOfTheHeap_wouldCrowdIt(long mebibytes, long attempts, boolean wouldCrowd) {
        HeapGuard guard = guard(1);
        guard.sawAttemptOf(mebibytes * MIB);
        guard.sawAttemptOf(MIB);

        assertThat(guard.wouldCrowd(attempts)).isEqualTo(wouldCrowd);
    }
}
