package io.github.retainless.lab.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.retainless.experiment.Footprint;
import io.github.retainless.internal.heap.FootprintMeter;
import io.github.retainless.testing.ChildJvm;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In JVMs of every layout, against what the JVM says it allocated. FootprintMeterTests of the library has the rest. */
class FootprintMeterJvmTests {
    static Stream<List<String>> flags() {
        int feature = Runtime.version().feature();
        List<List<String>> all = new ArrayList<>(List.of(
                List.of(),
                List.of("-XX:-UseCompressedOops"),
                List.of("-XX:ObjectAlignmentInBytes=16"),
                List.of("-XX:+UseSerialGC"),
                List.of("-XX:+UseZGC")));
        if (feature >= 24) {
            all.add(List.of("--sun-misc-unsafe-memory-access=deny"));
            all.add(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseCompactObjectHeaders"));
            all.add(List.of(
                    "-XX:+UnlockExperimentalVMOptions", "-XX:+UseCompactObjectHeaders", "-XX:-UseCompressedOops"));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("flags")
    void measure_underFlags_agreesWithTheAllocatedBytes(List<String> flags) {
        ChildJvm.Result child = ChildJvm.run(flags, Allocations.class);

        assertThat(child.err()).isEmpty();
        assertThat(child.exitCode()).isZero();
        assertThat(child.out().lines()).startsWith("jdk.internal.misc.Unsafe").hasSize(1 + Allocations.SUBJECTS.size());
        assertThat(child.out().lines().skip(1)).allSatisfy(line -> {
            String[] subject = line.split("\t");
            double allocated = Double.parseDouble(subject[1]);
            assertThat(Double.parseDouble(subject[2])).as(line).isBetween(allocated * 0.999, allocated * 1.001);
        });
    }

    @Test
    void measure_heapNearlyFull_isTruncatedWithoutOutOfMemory() {
        ChildJvm.Result child = ChildJvm.run(List.of("-Xmx48m", "-XX:+ExitOnOutOfMemoryError"), NearlyFull.class);

        assertThat(child).isEqualTo(new ChildJvm.Result(0, "true", ""));
    }

    /** Prints each subject's name, the bytes allocated for many of it and the bytes measured. */
    static final class Allocations {
        static final Map<String, IntFunction<Object>> SUBJECTS = subjects();
        private static final int COUNT = 5_000;
        private static final int PASSES = 3;

        public static void main(String[] args) {
            FootprintMeter meter = new FootprintMeter();
            System.out.println(meter.fieldAccess());
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            SUBJECTS.forEach((name, subject) -> {
                Object[] made = new Object[COUNT];
                allocated(threads, subject, made); // links the lambdas, fills the caches
                // What the JVM itself allocates on this thread now and then is not the subject's.
                long allocated = IntStream.range(0, PASSES)
                        .mapToLong(pass -> allocated(threads, subject, made))
                        .min()
                        .orElseThrow();
                Footprint footprint = meter.measure(made, new Object[0]);
                System.out.println(name + "\t" + allocated + "\t" + footprint.bytes()
                        + (footprint.truncated() ? "\ttruncated" : ""));
            });
        }

        private static long allocated(ThreadMXBean threads, IntFunction<Object> subject, Object[] made) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < made.length; i++) {
                made[i] = subject.apply(i);
            }
            return threads.getCurrentThreadAllocatedBytes() - before;
        }

        private static Map<String, IntFunction<Object>> subjects() {
            Map<String, IntFunction<Object>> all = new LinkedHashMap<>();
            all.put("object", i -> new Object());
            all.put("field types", i -> new AllTypes());
            all.put("small superclass", i -> new OneByte());
            all.put("gap filled by subclass", i -> new ManyBytes());
            all.put("record", i -> new Pair(new Object(), i));
            all.put("inner", i -> new Outer().new Inner());
            all.put("lambda", i -> {
                Object captured = new Object();
                return (Supplier<Object>) () -> captured;
            });
            all.put("exception with backtrace", i -> new IllegalStateException());
            all.put("deep exception", i -> deep(i % 100));
            all.put("cause and suppressed", i -> {
                Exception exception = new Exception(new Exception());
                exception.addSuppressed(new Exception());
                return exception;
            });
            all.put("string", i -> "x".repeat(2 + i % 50));
            all.put("wide string", i -> "\u20ac".repeat(2 + i % 50));
            all.put("boolean[]", i -> new boolean[i % 33]);
            all.put("byte[]", i -> new byte[i % 33]);
            all.put("char[]", i -> new char[i % 33]);
            all.put("short[]", i -> new short[i % 33]);
            all.put("int[]", i -> new int[i % 33]);
            all.put("long[]", i -> new long[i % 33]);
            all.put("float[]", i -> new float[i % 33]);
            all.put("double[]", i -> new double[i % 33]);
            all.put("Object[]", i -> new Object[i % 33]);
            all.put("long[][]", i -> new long[3][i % 7]);
            all.put("Class[]", i -> new Class<?>[] {String.class, Thread.class});
            all.put("HashMap", i -> {
                HashMap<Object, Object> map = new HashMap<>();
                map.put(new Object(), new byte[10]);
                return map;
            });
            all.put("ConcurrentHashMap", i -> {
                ConcurrentHashMap<Object, Object> map = new ConcurrentHashMap<>();
                map.put(new Object(), new Object());
                return map;
            });
            all.put("WeakReference", i -> new WeakReference<>("literal"));
            all.put("failed future", i -> CompletableFuture.failedFuture(new Exception()));
            all.put("contended fields", i -> {
                Object[] made = new Object[2];
                SubmissionPublisher<Object> publisher = new SubmissionPublisher<>(task -> made[0] = task, 8);
                publisher.subscribe(new Ignoring());
                made[1] = publisher;
                return made;
            });
            return all;
        }

        private static Exception deep(int frames) {
            return frames == 0 ? new Exception() : deep(frames - 1);
        }
    }

    /** Holds far more than the table of a walk may take. */
    static final class NearlyFull {
        public static void main(String[] args) {
            @Nullable Object list = null;
            Runtime runtime = Runtime.getRuntime();
            while (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() > 8 << 20) {
                list = new @Nullable Object[] {list};
            }
            System.out.print(new FootprintMeter()
                    .measure(new @Nullable Object[] {list}, new Object[0])
                    .truncated());
        }
    }

    static class AllTypes {
        boolean booleanField;
        byte byteField;
        char charField;
        short shortField;
        int intField;
        long longField;
        float floatField;
        double doubleField;

        @Nullable
        Object reference;
    }

    static class OneByte {
        byte first;
    }

    static class ManyBytes extends OneByte {
        long eight;
        byte second;

        @Nullable
        Object reference;

        short third;
        int[] array = {1, 2, 3};
    }

    record Pair(Object left, int right) {}

    static class Outer {
        class Inner {
            Object outer() {
                return Outer.this;
            }
        }
    }

    static final class Ignoring implements Flow.Subscriber<Object> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(Object item) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
