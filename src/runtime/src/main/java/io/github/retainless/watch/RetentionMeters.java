package io.github.retainless.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The figures of a {@link RetentionWatch} as meters of Micrometer, an optional dependency that only this class needs.
 *
 * <pre>{@code
 * new RetentionMeters(watch).bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>Meters, each tagged {@code watch} with the name of the watch</caption>
 * <tr><th>Name</th><th>Kind</th><th>Figure</th></tr>
 * <tr><td>{@code retainless.failures}</td><td>counter</td><td>failures seen</td></tr>
 * <tr><td>{@code retainless.retained}</td><td>gauge</td><td>retained failures of at least the age in the tag
 *     {@code older.than}: {@code 0}, {@code 10m}, {@code 1h} or {@code 1d}; each includes the next, so do not add them
 *     up</td></tr>
 * <tr><td>{@code retainless.retained.oldest}</td><td>time gauge</td><td>how long ago the oldest retained failure was
 *     seen</td></tr>
 * <tr><td>{@code retainless.watched}</td><td>gauge</td><td>failures watched and still reachable, as far as
 *     known</td></tr>
 * <tr><td>{@code retainless.alerts}</td><td>counter</td><td>alerts</td></tr>
 * <tr><td>{@code retainless.collections}</td><td>counter</td><td>collections of the whole heap, as far as proven; while
 *     it stands still there are no new retained failures to see</td></tr>
 * </table>
 *
 * <p>The registry does not keep the watch alive.
 *
 * @since 0.1.0
 */
public final class RetentionMeters implements MeterBinder {
    private static final Map<String, Duration> AGES = Map.of(
            "0", Duration.ZERO, "10m", Duration.ofMinutes(10), "1h", Duration.ofHours(1), "1d", Duration.ofDays(1));

    private final RetentionWatch watch;

    /** The meters of this watch. */
    public RetentionMeters(RetentionWatch watch) {
        this.watch = Objects.requireNonNull(watch, "watch");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        String name = watch.name();
        FunctionCounter.builder("retainless.failures", watch, RetentionWatch::failures)
                .description("Failures seen")
                .tag("watch", name)
                .register(registry);
        AGES.forEach((tag, age) -> Gauge.builder(
                        "retainless.retained", watch, seen -> seen.snapshot().retainedOlderThan(age))
                .description("Failures still reachable after collections that would have cleared them")
                .tag("watch", name)
                .tag("older.than", tag)
                .register(registry));
        TimeGauge.builder("retainless.retained.oldest", watch, TimeUnit.MILLISECONDS, seen -> seen.snapshot()
                        .oldestRetained()
                        .toMillis())
                .description("How long ago the oldest retained failure was seen")
                .tag("watch", name)
                .register(registry);
        Gauge.builder("retainless.watched", watch, seen -> seen.snapshot().watched())
                .description("Failures watched and still reachable, as far as known")
                .tag("watch", name)
                .register(registry);
        FunctionCounter.builder("retainless.alerts", watch, RetentionWatch::alerts)
                .description("Alerts")
                .tag("watch", name)
                .register(registry);
        FunctionCounter.builder(
                        "retainless.collections", watch, seen -> seen.snapshot().fullCollections())
                .description("Collections of the whole heap, as far as proven")
                .tag("watch", name)
                .register(registry);
    }
}
