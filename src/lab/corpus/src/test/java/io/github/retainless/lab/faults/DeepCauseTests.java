package io.github.retainless.lab.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
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
    void deepCauses_areJudgedWeighedAndTraced() {
        Build build = new Build(folder);

        Build.Ended ended = build.run(List.of("-Xmx256m", "-Xss512k"), DeepCausesTestCases.class)
                .assertHarmless();

        assertThat(ended.tests()).hasSize(4);
        assertThat(ended.test("clean")).isEqualTo(Build.Outcome.SOUND);
        assertThat(ended.test("weighed").message())
                .startsWith("weighed() throws exceptions of up to 3.8 MiB; at most 1.0 KiB may be.\n")
                .contains("\n    cause 3.8 MiB · message 48 B · rest 40 B\n");
        assertThat(ended.test("keeps").message())
                .startsWith("keeps() retains the exceptions it throws: 1 of every 1 stays reachable, ")
                // One more where it took less than two seconds.
                .containsPattern("\n  (3[23]) of \\1 retained through\n")
                .contains(".kept : ArrayList\n");
        assertThat(build.temporary()).isEmptyDirectory();
    }

    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        Declined(Throwable cause) {
            super("declined", cause, false, false);
        }

        static Declined deep() {
            Declined failure = new Declined(null);
            for (int i = 0; i < 100_000; i++) {
                failure = new Declined(failure);
            }
            return failure;
        }
    }

    @NoExceptionRetention(failures = 1, rounds = 3, warmup = 1, budget = 1)
    static class DeepCausesTestCases {
        private final List<Throwable> kept = new ArrayList<>();

        @AsyncTask
        void clean() {
            throw Declined.deep();
        }

        @AsyncTask
        @NoExceptionRetention(failures = 1, rounds = 3, warmup = 1, budget = 1, maxFailureSize = "1 KiB")
        void weighed() {
            throw Declined.deep();
        }

        @AsyncTask
        void keeps(Attempt attempt) {
            Declined failure = attempt.number() % 16 == 0 ? Declined.deep() : new Declined(null);
            kept.add(failure);
            throw failure;
        }
    }
}
