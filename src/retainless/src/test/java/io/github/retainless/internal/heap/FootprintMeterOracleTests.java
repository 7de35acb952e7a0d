package io.github.retainless.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Footprint;
import io.github.retainless.testing.ChildJvm;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphStats;

/** Against JOL's own walker, on graphs of which it follows no more than we do: without classes, threads, references. */
class FootprintMeterOracleTests {
    @Test
    void measure_graphsThatJolCanWalk_agreesExactly() {
        // In a JVM of its own: JOL's walker prints, and reads these properties when its classes load.
        ChildJvm.Result child = ChildJvm.run(
                List.of("-Djol.skipHotspotSAAttach=true", "-Djol.magicFieldOffset=true"), Comparison.class);

        List<String> compared =
                child.out().lines().filter(line -> line.contains("\t")).toList();
        assertThat(compared).as(child.err()).hasSize(Comparison.SUBJECTS.size());
        assertThat(compared).allSatisfy(line -> {
            String[] subject = line.split("\t");
            assertThat(subject[2]).as(subject[0]).isEqualTo(subject[1]);
        });
    }

    /** Prints each subject's name, what JOL says of it and what the meter says. */
    static final class Comparison {
        static final Map<String, Object> SUBJECTS = subjects();

        public static void main(String[] args) {
            FootprintMeter meter = new FootprintMeter();
            SUBJECTS.forEach((name, subject) -> {
                GraphStats oracle = GraphStats.parseInstance(new Object[] {subject});
                Footprint expected = new Footprint(oracle.totalSize(), oracle.totalCount(), false);
                Footprint footprint = meter.measure(new Object[] {subject}, new Object[0]);
                System.out.println(name + "\t" + expected + "\t" + footprint);
            });
        }

        private static Map<String, Object> subjects() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("payload", new WithoutBacktrace("declined", null, new byte[64 * 1024]));
            Exception chained = new WithoutBacktrace("first", null, new int[7]);
            for (int i = 0; i < 50; i++) {
                chained = new WithoutBacktrace("attempt " + i, chained, new long[i]);
                chained.addSuppressed(new WithoutBacktrace("closing " + i, null, new char[i]));
            }
            all.put("causes and suppressed", chained);
            Exception materialised = new WithoutBacktrace("stack", null, null);
            materialised.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "D.java", 1)});
            all.put("given stack trace", materialised);
            Exception cyclic = new WithoutBacktrace("cycle", null, null);
            cyclic.initCause(new WithoutBacktrace("back", cyclic, null));
            all.put("cyclic cause", cyclic);
            all.put("collections", new Object[] {
                new ArrayList<>(List.of("a", "b", "c")),
                new ArrayDeque<>(List.of(1, 2, 3)),
                new TreeMap<>(Map.of("key", List.of(), "other", Map.of())),
                new ConcurrentHashMap<>(Map.of(new Object(), BigDecimal.TEN)),
                new ConcurrentLinkedQueue<>(List.of(1L, 2.0, 'c', (short) 4, (byte) 5, 6f, true))
            });
            all.put("strings", new String[] {"", "latin", "wide \u20ac", null});
            all.put("primitive arrays", new Object[] {
                new boolean[1],
                new byte[2],
                new char[3],
                new short[5],
                new int[7],
                new long[11],
                new float[13],
                new double[17],
                new int[3][5],
                new Object[0]
            });
            all.put("record", new Pair("left", new Pair(1, null)));
            all.put("lambda", lambda(new byte[10]));
            all.put("dates", List.of(LocalDateTime.of(2026, 1, 1, 0, 0), BigDecimal.valueOf(1, 30)));
            return all;
        }

        private static Supplier<byte[]> lambda(byte[] captured) {
            return () -> captured;
        }
    }

    record Pair(Object left, @Nullable Object right) {}

    static final class WithoutBacktrace extends Exception {
        private static final long serialVersionUID = 1;

        private final transient @Nullable Object payload;

        // The backtrace would lead JOL into the classes.
        WithoutBacktrace(String message, @Nullable Throwable cause, @Nullable Object payload) {
            super(message);
            this.payload = payload;
            if (cause != null) {
                initCause(cause);
            }
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }

        @Nullable
        Object payload() {
            return payload;
        }
    }
}
