package io.github.retainless.examples.reactor;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.AsyncTask;
import io.github.retainless.NoExceptionRetention;
import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

@NoExceptionRetention(failures = 20, rounds = 3, maxRetained = 0)
class ExchangeRatesTest {
    final ExchangeRates rates = new ExchangeRates.Repaired(ExchangeRatesTest::fetch);

    @AsyncTask
    void unknownPair(Attempt attempt) {
        attempt.observe(rates.rate("EUR/" + attempt.number()));
    }

    /** Shows that the test above would find the leak. */
    @Test
    void leakyRates_keepEachFailedMono() {
        ExchangeRates leaky = new ExchangeRates.Leaky(ExchangeRatesTest::fetch);

        RetentionReport report = RetentionExperiment.of(
                        attempt -> attempt.observe(leaky.rate("EUR/" + attempt.number())))
                .failures(20)
                .budget(1)
                .run();

        assertThat(report).grows();
        assertThat(report.text()).contains("ExchangeRates.rates", "MonoCacheTime");
    }

    /** Stands for a service that does not know the pair, and says so a moment later. */
    private static Mono<BigDecimal> fetch(String pair) {
        return Mono.delay(Duration.ofMillis(1))
                .flatMap(tick -> Mono.error(() -> new IllegalArgumentException("unknown pair " + pair)));
    }
}
