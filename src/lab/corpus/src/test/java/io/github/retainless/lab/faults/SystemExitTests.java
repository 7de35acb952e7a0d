package io.github.retainless.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.internal.output.results.MergedResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A task that ends the JVM. */
class SystemExitTests {
    @TempDir
    Path folder;

    @Test
    void exitInATask_earlierResultsAreWhole_andTheNextJvmGoesOn() throws IOException {
        Build build = new Build(folder);

        Build.Ended exited = build.run(List.of(), ExitingTestCases.class);

        assertThat(exited.exitCode()).isEqualTo(3);
        assertThat(exited.tests()).containsOnlyKeys("leaks");
        assertThat(results(build)).containsExactly(ExitingTestCases.class.getName() + ".leaks");
        assertThat(build.temporary()).isEmptyDirectory();
        try (Stream<Path> files = Files.list(build.reports())) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("-.*(?=\\.json)", "")))
                    .containsExactlyInAnyOrder("results.json", ExitingTestCases.class.getName() + ".leaks.csv");
        }

        build.run(List.of()).assertHarmless();

        assertThat(results(build))
                .containsExactlyInAnyOrder(
                        ExitingTestCases.class.getName() + ".leaks", Build.SoundTestCases.class.getName() + ".sound");
        assertThat(build.reports().resolve("index.html")).content(UTF_8).contains("leaks()", "sound()");
    }

    private static List<String> results(Build build) throws IOException {
        MergedResults merged = MergedResults.in(List.of(build.reports()));
        assertThat(merged.notices()).isEmpty();
        List<String> names = new ArrayList<>();
        merged.forEach(build.reports(), result -> names.add(result.id()));
        return names;
    }

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
    static class ExitingTestCases {
        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        @Order(1)
        void leaks() {
            IllegalStateException declined = new IllegalStateException("declined");
            kept.add(declined);
            throw declined;
        }

        @AsyncTask
        @Order(2)
        void exits(Attempt attempt) {
            if (attempt.number() == 12) {
                System.exit(3);
            }
            throw new IllegalStateException("declined");
        }
    }
}
