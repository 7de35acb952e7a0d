package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.retainless.experiment.Signature;
import io.github.retainless.testing.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dumps after any accident: there is a result whose figures fit together, or an IOException that says what is wrong;
 * soon, and nothing else.
 */
@Timeout(600)
class HeapDumpMutationTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"8, 1.0.2", "4, 1.0.1"})
    void mutatedBuiltDump_resultOrClearMessage(int idBytes, String version) throws IOException {
        byte[] dump = HeapDumpReaderTests.built(new DumpBuilder(idBytes, version, 0x7000_0000L), idBytes)
                .build();

        assertSomeAreReadable(dump, Mutations.cases(1_500));
    }

    @Test
    void mutatedLargeDump_resultOrClearMessage() throws IOException {
        assertSomeAreReadable(HeapDumpReaderTests.large(), Mutations.cases(1_500) / 30);
    }

    /** Dumps and seeds are the same in every run, so it is no accident that some can be read and some cannot. */
    private void assertSomeAreReadable(byte[] dump, int cases) throws IOException {
        assertThat(readable(dump, DumpSearchTests.query(), cases))
                .as("of %s, which could be read", cases)
                .isBetween(1, cases - 1);
    }

    /** How many can be read all the same. */
    private int readable(byte[] dump, DumpQuery query, int cases) throws IOException {
        Path file = folder.resolve("heap.hprof");
        int readable = 0;
        for (long seed = 0; seed < cases; seed++) {
            Mutations.replace(file, Mutations.of(dump, Mutations.random(seed)));
            long began = System.nanoTime();
            readable += isReadable(file, query, seed) ? 1 : 0;
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("seed %s", seed)
                    .isLessThan(SOON);
        }
        return readable;
    }

    private static boolean isReadable(Path file, DumpQuery query, long seed) {
        try {
            DumpResult found = HeapDumpReader.read(file, query);
            for (Signature signature : found.signatures()) {
                assertThat(signature.attempts()).as("seed %s", seed).isPositive();
                assertThat(signature.retainedBytes()).as("seed %s", seed).isNotNegative();
                assertThat(signature.cohorts().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .as("seed %s", seed)
                        .isEqualTo(signature.attempts());
            }
            return true;
        } catch (IOException clear) {
            assertThat(clear.getMessage())
                    .as("seed %s", seed)
                    .matches("(?s)(it |its |there |something |a record |an object |a root ).*");
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError never) {
            return fail("seed " + seed, never);
        }
    }
}
