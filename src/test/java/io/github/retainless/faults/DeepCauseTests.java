package io.github.retainless.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of a hundred thousand causes, which overflow the stack of whoever follows them by recursion. */
class DeepCauseTests {
    @TempDir
    Path folder;

    @Test
    void deepCauses_areJudgedAndWeighed() {
        Build build = new Build(folder);
        Build.Ended ended = build.run(List.of("-Xmx256m", "-Xss512k"), DeepCausesTestCases.class)
                .assertHarmless();

        System.err.println(ended.out());
        ended.tests()
                .forEach((n, t) -> System.err.println(n + ": " + t.status() + " " + t.verdict() + "\n" + t.message()));
        assertThat(build.temporary()).isEmptyDirectory();
    }

    @NoExceptionRetention(failures = 4, rounds = 3, warmup = 1, budget = 1)
    static class DeepCausesTestCases {
        private final List<Throwable> kept = new ArrayList<>();

        private static IllegalStateException deep() {
            IllegalStateException failure = new IllegalStateException("declined");
            for (int i = 0; i < 100_000; i++) {
                failure = new IllegalStateException("declined", failure);
            }
            return failure;
        }

        @AsyncTask
        void clean() {
            throw deep();
        }

        @AsyncTask
        void keeps() {
            IllegalStateException failure = deep();
            kept.add(failure);
            throw failure;
        }

        @AsyncTask
        @NoExceptionRetention(failures = 4, rounds = 3, warmup = 1, budget = 1, maxFailureSize = "1 MiB")
        void weighed() {
            throw deep();
        }

        @AsyncTask
        void overflows() {
            overflows(1);
        }

        private static int overflows(int depth) {
            return overflows(depth + 1) + overflows(depth + 2);
        }
    }
}
