package io.github.retainless.internal.heap;

import io.github.retainless.experiment.Jvm;
import java.util.Map;

/** The JVM that this runs in. */
public final class CurrentJvm {
    private static final Map<String, String> COLLECTORS = Map.of(
            "UseG1GC", "G1",
            "UseSerialGC", "Serial",
            "UseParallelGC", "Parallel",
            "UseZGC", "ZGC",
            "UseShenandoahGC", "Shenandoah",
            "UseEpsilonGC", "Epsilon");

    private CurrentJvm() {}

    /** Its JDK, collector, heap limit and processors. */
    public static Jvm describe() {
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
