package io.github.retainless.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.internal.units.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTests {
    private static final Map<String, IntFunction<Settings>> SETTERS = Map.of(
            "failures", Settings.DEFAULT.withBudget(1)::withAttempts,
            "rounds", Settings.DEFAULT::withRounds,
            "warmup", Settings.DEFAULT::withWarmup,
            "concurrency", Settings.DEFAULT::withConcurrency,
            "budget", Settings.DEFAULT::withBudget);

    private static Settings set(String attribute, int value) {
        return Objects.requireNonNull(SETTERS.get(attribute)).apply(value);
    }

    @Test
    void defaults_areAsDocumented() {
        assertThat(Settings.DEFAULT)
                .isEqualTo(new Settings(
                        50,
                        4,
                        10,
                        1,
                        Duration.ofSeconds(10),
                        8,
                        Expect.FAILURE,
                        SoftReferences.REPORT,
                        HeapGrowth.REPORT,
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "failures, 1",
        "failures, 1000000",
        "rounds, 3",
        "rounds, 1000",
        "warmup, 0",
        "warmup, 1000000",
        "concurrency, 1",
        "concurrency, 1024",
        "budget, 1",
        "budget, 1000"
    })
    void value_atItsBounds_isTaken(String attribute, int value) {
        String property = attribute.equals("failures") ? "attempts" : attribute;
        assertThat(set(attribute, value)).hasFieldOrPropertyWithValue(property, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failures    | 0          | failures must be from 1 to 1,000,000, but was 0",
                "failures    | -5         | failures must be from 1 to 1,000,000, but was -5",
                "failures    | 1000001    | failures must be from 1 to 1,000,000, but was 1,000,001",
                "rounds      | 2          | rounds must be from 3 to 1,000, but was 2",
                "rounds      | 1001       | rounds must be from 3 to 1,000, but was 1,001",
                "warmup      | -1         | warmup must be from 0 to 1,000,000, but was -1",
                "warmup      | 1000001    | warmup must be from 0 to 1,000,000, but was 1,000,001",
                "concurrency | 0          | concurrency must be from 1 to 1,024, but was 0",
                "concurrency | 1025       | concurrency must be from 1 to 1,024, but was 1,025",
                "budget      | 0          | budget must be from 1 to 1,000, but was 0",
                "budget      | 2147483647 | budget must be from 1 to 1,000, but was 2,147,483,647",
            })
    void value_outOfItsBounds_isRefused(String attribute, int value, String message) {
        assertThatThrownBy(() -> set(attribute, value))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"1 ns", "10 s", "60 m", "1 h"})
    void timeout_withinItsBounds_isTaken(String timeout) {
        assertThat(Settings.DEFAULT.withTimeout(timeout).timeout()).isEqualTo(Durations.parse(timeout));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0 s", "PT-1S, -1 s", "PT1H0.001S, 3600001 ms", "PT2H, 2 h"})
    void timeout_outOfItsBounds_isRefused(Duration timeout, String shown) {
        assertThatThrownBy(() -> Settings.DEFAULT.withTimeout(timeout))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("timeout must be more than 0 and at most an hour, but was " + shown);
    }

    @Test
    void timeout_beyondAllBounds_isRefused() {
        assertThatThrownBy(() -> Settings.DEFAULT.withTimeout(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessage("timeout must be more than 0 and at most an hour, but was " + Long.MAX_VALUE + " s");
    }

    @Test
    void product_ofFailuresRoundsAndBudget_isBounded() {
        Settings most = Settings.DEFAULT.withWarmup(0).withBudget(250).withAttempts(1_000_000);

        assertThat(most.attempts()).isEqualTo(1_000_000);
        assertThatThrownBy(() -> most.withBudget(251))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("failures x rounds x budget + warmup must be at most 1,000,000,000, but was 1,004,000,000");
        assertThatThrownBy(() -> most.withWarmup(1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("failures x rounds x budget + warmup must be at most 1,000,000,000, but was 1,000,000,001");
    }

    @Test
    void expectation_isSet() {
        assertThat(Settings.DEFAULT.withExpect(Expect.SUCCESS).expect()).isEqualTo(Expect.SUCCESS);
    }
}
