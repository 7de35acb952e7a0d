package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Slow("two JVMs, in one of which the watch waits for two seconds. They run at the pace of production")
@Timeout(120)
class RetentionWatchJvmTests {
    /** A JVM with nothing to collect, which watches for two seconds. */
    static final class Quiet {
        public static void main(String[] args) throws InterruptedException {
            try (RetentionWatch watch = RetentionWatch.builder("quiet").build()) {
                long before = collections();
                Failing.fail(watch, 1_000);
                Thread.sleep(2_000);
                System.out.print(collections() - before + " collections, "
                        + watch.snapshot().collections() + " seen");
            }
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }

    /** Needs nothing but java.base. */
    static final class Bare {
        public static void main(String[] args) throws InterruptedException {
            try (RetentionWatch watch = RetentionWatch.builder("bare").build()) {
                Failing.fail(watch, 10);
                while (watch.snapshot().fullCollections() < 2) {
                    System.gc();
                    Thread.sleep(10);
                }
                System.out.print(ModuleLayer.boot().modules().size() + " module, "
                        + watch.snapshot().retained() + " retained");
            }
        }
    }

    @Test
    void watch_neverForcesACollection() {
        ChildJvm.Result result = ChildJvm.run(List.of("-Xms512m", "-Xmx512m"), Quiet.class);

        assertThat(result).isEqualTo(new ChildJvm.Result(0, "0 collections, 0 seen", ""));
    }

    @Test
    void watch_inARuntimeWithoutFlightRecorder_works() {
        ChildJvm.Result result = ChildJvm.run(List.of("-Xmx64m", "--limit-modules", "java.base"), Bare.class);

        assertThat(result).isEqualTo(new ChildJvm.Result(0, "1 module, 0 retained", ""));
    }
}
