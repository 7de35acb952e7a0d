package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTests {
    @ParameterizedTest
    @CsvSource({
        "PT0S, PT0.01S",
        "PT0.0001S, PT0.01S",
        "PT0.001S, PT0.099S",
        "PT0.01S, PT0.99S",
        "PT0.1S, PT1S",
        "PT1H, PT1S"
    })
    void restInProduction_isNinetyNineTimesTheLook_withinBounds(Duration look, Duration rest) {
        assertThat(Pace.PRODUCTION.restAfter(look.toNanos())).isEqualTo(rest.toNanos());
    }
}
