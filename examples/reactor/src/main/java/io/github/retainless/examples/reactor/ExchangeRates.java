package io.github.retainless.examples.reactor;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** Fetches the rate of each currency pair once, whoever asks for it at the same time. */
abstract class ExchangeRates {
    final Map<String, Mono<BigDecimal>> rates = new ConcurrentHashMap<>();
    private final Function<String, Mono<BigDecimal>> source;

    ExchangeRates(Function<String, Mono<BigDecimal>> source) {
        this.source = source;
    }

    Mono<BigDecimal> rate(String pair) {
        return rates.computeIfAbsent(pair, unknown -> cached(unknown, source.apply(unknown)));
    }

    abstract Mono<BigDecimal> cached(String pair, Mono<BigDecimal> fetched);

    /** {@link Mono#cache()} replays failures as it does results, and the map keeps it. */
    static final class Leaky extends ExchangeRates {
        Leaky(Function<String, Mono<BigDecimal>> source) {
            super(source);
        }

        @Override
        Mono<BigDecimal> cached(String pair, Mono<BigDecimal> fetched) {
            return fetched.cache();
        }
    }

    /** Forgets a pair whose rate could not be fetched, so that the next caller tries again. */
    static final class Repaired extends ExchangeRates {
        Repaired(Function<String, Mono<BigDecimal>> source) {
            super(source);
        }

        @Override
        Mono<BigDecimal> cached(String pair, Mono<BigDecimal> fetched) {
            return fetched.doOnError(failure -> rates.remove(pair)).cache();
        }
    }
}
