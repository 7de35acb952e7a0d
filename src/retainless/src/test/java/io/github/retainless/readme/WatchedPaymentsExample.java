package io.github.retainless.readme;

import io.github.retainless.watch.RetentionMeters;
import io.github.retainless.watch.RetentionWatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An example of the manual. */
final class WatchedPaymentsExample {
    private static final System.Logger log = System.getLogger("payments");

    private WatchedPaymentsExample() {}

    static ExecutorService watched(MeterRegistry registry) {
        RetentionWatch watch = RetentionWatch.builder("payments")
                .onGrowth(alert -> log.log(System.Logger.Level.WARNING, alert.message()))
                .build();
        new RetentionMeters(watch).bindTo(registry); // if you use Micrometer
        ExecutorService executor = watch.around(Executors.newFixedThreadPool(4));
        return executor;
    }
}
