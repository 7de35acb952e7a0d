package io.github.retainless.internal.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.retainless.testing.Mutations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationsPropertyTests {
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "h", ChronoUnit.HOURS,
            "m", ChronoUnit.MINUTES,
            "s", ChronoUnit.SECONDS,
            "ms", ChronoUnit.MILLIS,
            "us", ChronoUnit.MICROS,
            "μs", ChronoUnit.MICROS,
            "ns", ChronoUnit.NANOS);
    private static final List<String> NAMES = UNITS.keySet().stream().sorted().toList();
    private static final String CHARACTERS = "0123456789 hmsunµμPTDe+-.,_\t\n\u00a0\u0663\uff11\u2003";

    private static final Duration CENTURY = Duration.ofDays(36_525);

    @Test
    void durationThatIsWritten_isRead_andWhatIsShown_isTheSame() {
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            Random random = Mutations.random(seed);
            String unit = NAMES.get(random.nextInt(NAMES.size()));
            int number = random.nextInt(1_000_000_000) >> random.nextInt(30);
            Duration expected = Duration.of(number, UNITS.get(unit));
            Duration read = Durations.parse(number + (random.nextBoolean() ? " " : "") + unit);

            assertThat(read).as("seed %s", seed).isEqualTo(expected);
            String shown = Durations.format(read);
            if (shown.matches("\\d{1,9} .*")) {
                assertThat(Durations.parse(shown)).as("seed %s", seed).isEqualTo(expected);
            }
        }
    }

    @Test
    void anyDuration_isShownExactly_upToACentury() {
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            Random random = Mutations.random(seed);
            Duration duration = Duration.ofSeconds(
                    random.nextLong() >> random.nextInt(64), random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
            String[] shown = Durations.format(duration).split(" ");
            Duration read = Duration.of(Long.parseLong(shown[0]), UNITS.get(shown[1]));
            if (duration.abs().compareTo(CENTURY) > 0) {
                assertThat(read).as("seed %s", seed).isEqualTo(Duration.ofSeconds(duration.toSeconds()));
            } else {
                assertThat(read).as("seed %s", seed).isEqualTo(duration);
            }
        }
    }

    @Test
    void anyText_isADurationOrRefusedWithTheWholeText() {
        for (long seed = 0; seed < Mutations.cases(20_000); seed++) {
            String text = Mutations.text(Mutations.random(seed), CHARACTERS, NAMES);
            try {
                assertThat(Durations.parse(text)).as("seed %s", seed).isGreaterThanOrEqualTo(Duration.ZERO);
                assertThat(text).as("seed %s", seed).matches("[0-9]{1,9} ?(h|m|s|ms|us|μs|ns)");
            } catch (IllegalArgumentException refused) {
                assertThat(refused)
                        .as("seed %s", seed)
                        .isExactlyInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("\"" + text + "\" is not a duration: ");
            } catch (RuntimeException other) {
                fail("seed " + seed, other);
            }
        }
    }
}
