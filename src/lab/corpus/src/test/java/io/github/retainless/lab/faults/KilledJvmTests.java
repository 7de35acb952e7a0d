package io.github.retainless.lab.faults;

import static io.github.retainless.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.output.results.MergedResults;
import io.github.retainless.internal.output.results.Origin;
import io.github.retainless.internal.output.results.ResultsFile;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Kills JVMs that write their results. */
class KilledJvmTests {
    private static final int LARGE = 300_000;

    @RepeatedTest(10)
    void jvmKilledWhileItWrites_leavesAWholeFile(RepetitionInfo repetition, @TempDir Path folder)
            throws IOException, InterruptedException {
        int written = killAtRandom(folder, new Random(repetition.getCurrentRepetition()));

        MergedResults merged = MergedResults.in(List.of(folder));

        assertThat(merged.notices()).isEmpty();
        assertThat(merged.isComplete()).isTrue();
        // One more may be in the file than the child has had time to tell.
        assertThat(merged.tests()).isBetween((long) written, written + 1L);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(1);
        }
    }

    /** Kills a child JVM in the middle of a result; returns how many it has told that it has added. */
    private static int killAtRandom(Path folder, Random random) throws IOException, InterruptedException {
        Path told = folder.resolve("told");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectOutput(told.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int until = 1 + random.nextInt(20);
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.size(told) >= until);
            // Anywhere in the next one, which takes some milliseconds.
            Thread.sleep(0, random.nextInt(1_000_000));
        } finally {
            child.destroyForcibly().onExit().join();
        }
        return (int) Files.size(told);
    }

    /** Adds results until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] folder) throws IOException {
            ResultsFile file =
                    new ResultsFile(Path.of(folder[0]), new Origin("killed", Instant.EPOCH, new Shard(1, 1)));
            for (int i = 0; ; i++) {
                file.add(new TestResult(
                        "test" + i,
                        "",
                        "test" + i,
                        true,
                        "x".repeat(LARGE),
                        List.of(),
                        "",
                        "",
                        Reports.released().round(50, 0, 0).report()));
                System.out.write('.');
                System.out.flush();
            }
        }
    }
}
