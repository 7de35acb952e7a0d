package io.github.retainless;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Footprint;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Round;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTests {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long seconds;

    @Test
    void plain_isALineEach30SecondsFrom5On() {
        tellAt(Progress.Style.PLAIN, "declined()", 4, 6, 20, 37);

        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "retainless: declined() round 2, 1,200 failures, 1,100 retained, 6 s",
                        "retainless: declined() round 4, 1,200 failures, 1,100 retained, 37 s");
    }

    @Test
    void terminal_isOneLineThatIsClearedAtTheEnd() {
        tellAt(Progress.Style.TERMINAL, "declined()".repeat(9), 4, 6, 7);

        String[] lines = out.toString(UTF_8).split("\r+");
        assertThat(out.toString(UTF_8)).doesNotContain("\n");
        assertThat(lines).hasSize(4).allMatch(line -> line.length() <= 79);
        assertThat(lines[1]).startsWith("retainless: declined()").endsWith("…");
        assertThat(lines[3]).isBlank().hasSize(79);
    }

    @Test
    void shortTestOnATerminal_printsNothing() {
        tellAt(Progress.Style.TERMINAL, "declined()", 1, 4);

        assertThat(out.size()).isZero();
    }

    @Test
    void off_printsNothing() {
        tellAt(Progress.Style.OFF, "declined()", 6, 60);

        assertThat(out.size()).isZero();
    }

    @Test
    void wrongValue_isRefused() {
        Launch launch = Launch.with(ConfigurationKeys.PROGRESS.name(), "on", Launch.SoundTestCases.class);

        assertThat(launch.failure("sound"))
                .hasMessage("configuration parameter retainless.progress: \"on\" is none of auto, plain, off");
    }

    @Test
    void listenerThatThrows_isToldEachRoundAndChangesNothing() {
        List<Integer> rounds = new ArrayList<>();

        assertThat(RetentionExperiment.of((RetentionExperiment.Action) () -> {
                            throw new IllegalStateException("declined");
                        })
                        .onRound(round -> {
                            rounds.add(round.number());
                            throw new IllegalStateException("the listener's");
                        })
                        .run()
                        .verdict())
                .isEqualTo(Verdict.RELEASED);
        assertThat(rounds).startsWith(1, 2, 3);
    }

    private void tellAt(Progress.Style style, String test, int... times) {
        seconds = 0;
        try (Progress progress =
                new Progress(test, style, new PrintStream(out, true, UTF_8), () -> seconds * 1_000_000_000)) {
            int number = 0;
            for (int time : times) {
                seconds = time;
                progress.accept(
                        new Round(++number, 1_200, 1_100, Footprint.NONE, List.of(1_100), 4, Duration.ofSeconds(time)));
            }
        }
    }
}
