package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed with a heap dump on the disk and a file half written, which nobody deletes but the next one. */
class KilledForkTests {
    @TempDir
    Path folder;

    @Test
    void whatAKilledJvmLeaves_isDeletedByTheNext() throws IOException {
        Build build = new Build(folder);
        Path dump = killWithADump(build);
        assertThat(dump.resolve("heap.hprof")).exists();

        Path part = Files.writeString(
                Files.createDirectories(build.reports()).resolve("." + UUID.randomUUID() + ".part"), "half of it");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minusSeconds(3_600)));

        build.run(List.of()).assertHarmless();

        assertThat(build.temporary()).isEmptyDirectory();
        assertThat(part).doesNotExist();
    }

    /** What is left of a JVM that is killed while it reads a dump. */
    private static Path killWithADump(Build build) {
        Process jvm = build.start(List.of(), List.of(), Launches.class, List.of(LeakingTestCases.class));
        try {
            return awaitDump(build);
        } finally {
            jvm.destroyForcibly().onExit().join();
        }
    }

    private static Path awaitDump(Build build) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () -> {
                            try (Stream<Path> files = Files.list(build.temporary())) {
                                return files.filter(path -> Files.exists(path.resolve("heap.hprof")))
                                        .findFirst()
                                        .orElse(null);
                            }
                        },
                        dump -> dump != null);
    }

    /** Its heap takes a while to dump and to read. */
    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    static class LeakingTestCases {
        private static final List<Object> MANY = new ArrayList<>();

        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        void leaks() {
            while (MANY.size() < 1_500_000) {
                MANY.add(new int[1]);
            }
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }
    }
}
