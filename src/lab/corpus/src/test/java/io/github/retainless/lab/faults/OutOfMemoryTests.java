package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap that the subject fills so far that next to nothing is left for whoever counts, judges and reports. */
class OutOfMemoryTests {
    private static final List<String> EITHER = List.of(
            "stopped early, with [\\d.]+ [KM]?i?B of [\\d.]+ MiB heap free where 1 attempt allocates [\\d.]+ MiB",
            "no memory was left around attempt \\d+",
            "memory ran out after \\d+ attempts \\(java\\.lang\\.OutOfMemoryError: Java heap space\\)",
            "attempt \\d+ ran out of memory \\(java\\.lang\\.OutOfMemoryError: Java heap space\\)");

    @TempDir
    Path folder;

    @Test
    void heapIsFull_isSaid() {
        Build build = new Build(folder);
        Build.Ended ended = build.run(List.of("-Xmx64m", "-XX:+UseSerialGC"), FullHeapTestCases.class)
                .assertHarmless();

        for (String test : List.of("nothingIsLeft", "someIsLeft")) {
            // Who it is that finds no more room first is chance.
            assertThat(ended.test(test).message())
                    .matches("(?s)" + test + "\\(\\) proves nothing: (memory ran out before there was a report\\.\n\n|("
                            + String.join("|", EITHER) + ")\\.\n\n"
                            + "  round   failures   retained   footprint\n.*   UNDECIDED\n\n.*)"
                            + "  Raise -Xmx, or make the payloads smaller\\.(\n\n  JDK .*)?");
        }
        assertThat(ended.tests()).hasSize(3);
        assertThat(build.temporary()).isEmptyDirectory();
    }

    /** Were the time of an attempt to run out, the build's would have before. */
    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1, timeout = "10 m")
    static class FullHeapTestCases {
        private static final List<byte[]> FILLING = new ArrayList<>();

        private final List<Throwable> kept = new ArrayList<>();

        @AfterEach
        void makeRoom() {
            FILLING.clear();
        }

        private void fail(Attempt attempt, int left) {
            if (attempt.number() == 14) {
                byte[] spare = new byte[left];
                fill();
                spare[0] = 1;
            }
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }

        private static void fill() {
            for (int size = 1 << 20; size >= 16; size /= 2) {
                try {
                    while (true) {
                        FILLING.add(new byte[size]);
                    }
                } catch (OutOfMemoryError full) {
                    // Then with less at a time.
                }
            }
        }

        @AsyncTask
        void nothingIsLeft(Attempt attempt) {
            fail(attempt, 1);
        }

        @AsyncTask
        void someIsLeft(Attempt attempt) {
            fail(attempt, 200 << 10);
        }
    }
}
