package io.github.retainless.heap;

import java.util.Map;

/**
 * The JVM an experiment ran in.
 *
 * @param version the JDK's version, such as {@code 17.0.15}
 * @param collector the garbage collector, such as {@code G1}
 * @param maxHeap the limit of its heap in bytes
 */
public record Jvm(String version, String collector, long maxHeap) {
    private static final Map<String, String> COLLECTORS = Map.of(
            "UseG1GC", "G1",
            "UseSerialGC", "Serial",
            "UseParallelGC", "Parallel",
            "UseZGC", "ZGC",
            "UseShenandoahGC", "Shenandoah",
            "UseEpsilonGC", "Epsilon");

    /** This one. */
    public static Jvm current() {
        String collector = COLLECTORS.entrySet().stream()
                .filter(entry -> HotSpotFlags.isOn(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("an unknown collector");
        return new Jvm(
                System.getProperty("java.version"),
                collector,
                Runtime.getRuntime().maxMemory());
    }

    /** How many more bytes can be allocated before the heap is full, garbage counted as used. */
    public static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
