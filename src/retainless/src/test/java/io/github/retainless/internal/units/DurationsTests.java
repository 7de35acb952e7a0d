package io.github.retainless.internal.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {
    @ParameterizedTest
    @CsvSource({
        "10 s, PT10S",
        "10s, PT10S",
        "0 s, PT0S",
        "1 h, PT1H",
        "90 m, PT1H30M",
        "250 ms, PT0.25S",
        "7 us, PT0.000007S",
        "7 μs, PT0.000007S",
        "1 ns, PT0.000000001S",
        "999999999 h, PT999999999H",
    })
    void duration_isRead(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "s",
                "1.5 s",
                "-1 s",
                " 10 s",
                "10 s ",
                "10  s",
                "10 S",
                "10 sec",
                "PT10S",
                "1 d",
                "1234567890 s"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text
                        + "\" is not a duration: write a whole number and ns, us, ms, s, m or h, for example \"10 s\"");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT10S, 10 s",
        "PT60S, 1 m",
        "PT90S, 90 s",
        "PT90M, 90 m",
        "PT2H, 2 h",
        "PT0.25S, 250 ms",
        "PT0.0015S, 1500 us",
        "PT1.000000001S, 1000000001 ns",
        "PT-5S, -5 s",
        "PT999999999H, 3599999996400 s",
    })
    void duration_isShown_inTheLargestUnitThatLeavesItWhole(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @Test
    void longestDuration_isShown() {
        assertThat(Durations.format(Duration.ofSeconds(Long.MIN_VALUE + 1))).isEqualTo(-Long.MAX_VALUE + " s");
        assertThat(Durations.format(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE + " s");
        assertThat(Durations.format(Duration.ofSeconds(Long.MAX_VALUE, 1))).isEqualTo(Long.MAX_VALUE + " s");
    }
}
