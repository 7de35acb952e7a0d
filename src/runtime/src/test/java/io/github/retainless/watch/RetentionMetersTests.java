package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.lang.ref.Reference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetentionMetersTests {
    @Test
    void meters_showWhatIsLeft() {
        MeterRegistry registry = new SimpleMeterRegistry();
        List<Object> leak = new ArrayList<>();
        try (RetentionWatch watch = RetentionWatch.builder("metered")
                .pace(Failing.FAST)
                .minAge(Duration.ZERO)
                .build()) {
            new RetentionMeters(watch).bindTo(registry);
            Failing.fail(watch, 7, leak);
            Failing.collect(watch, Failing.FIRST_SETTLED);

            assertThat(counter(registry, "retainless.failures")).isEqualTo(7);
            assertThat(counter(registry, "retainless.alerts")).isZero();
            assertThat(counter(registry, "retainless.collections")).isGreaterThanOrEqualTo(2);
            assertThat(retained(registry, "0")).isEqualTo(7);
            assertThat(retained(registry, "10m")).isZero();
            assertThat(retained(registry, "1h")).isZero();
            assertThat(retained(registry, "1d")).isZero();
            assertThat(registry.get("retainless.watched").gauge().value()).isEqualTo(7);
            assertThat(registry.get("retainless.retained.oldest").timeGauge().value(TimeUnit.SECONDS))
                    .isPositive();
        }
        Reference.reachabilityFence(leak);
    }

    private static double counter(MeterRegistry registry, String name) {
        return registry.get(name).tag("watch", "metered").functionCounter().count();
    }

    private static double retained(MeterRegistry registry, String age) {
        return registry.get("retainless.retained")
                .tag("older.than", age)
                .gauge()
                .value();
    }

    /** Loaded once more, by a loader that does not know Micrometer. */
    static final class WatchOnItsOwn implements Callable<String> {
        @Override
        public String call() {
            try (RetentionWatch watch = RetentionWatch.builder("alone").build()) {
                Failing.fail(watch, 3);
                Failing.collect(watch, 1);
                return watch.snapshot().failures() + " failures";
            }
        }
    }

    @Test
    void watch_withoutMicrometer_works() throws Exception {
        URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .map(RetentionMetersTests::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.getResource("io/micrometer/core/instrument/MeterRegistry.class"))
                    .isNull();
            var constructor = loader.loadClass(WatchOnItsOwn.class.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);

            assertThat(((Callable<?>) constructor.newInstance()).call()).isEqualTo("3 failures");
            assertThat(loader.loadClass(RetentionWatch.class.getName()).getMethods())
                    .isNotEmpty();
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
