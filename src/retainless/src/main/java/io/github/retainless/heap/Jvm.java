package io.github.retainless.heap;

import java.util.Map;

/**
 * The JVM an experiment ran in.
 *
 * @param version the JDK's version, such as {@code 17.0.15}
 * @param vendor who built the JDK, such as {@code Eclipse Adoptium}
 * @param name the virtual machine's name, such as {@code OpenJDK 64-Bit Server VM}
 * @param collector the garbage collector, such as {@code G1}
 * @param maxHeap the limit of its heap in bytes
 * @param processors how many processors it uses
 * @since 0.1.0
 */
public record Jvm(String version, String vendor, String name, String collector, long maxHeap, int processors) {
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
                System.getProperty("java.vendor"),
                System.getProperty("java.vm.name"),
                collector,
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors());
    }

    /** How many more bytes can be allocated before the heap is full, garbage counted as used. */
    public static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        long total;
        long free;
        do {
            // The heap may be resized between the two.
            total = runtime.totalMemory();
            free = runtime.freeMemory();
        } while (total != runtime.totalMemory());
        return runtime.maxMemory() - (total - free);
    }
}
