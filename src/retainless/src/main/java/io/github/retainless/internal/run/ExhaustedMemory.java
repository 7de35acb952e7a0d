package io.github.retainless.internal.run;

import io.github.retainless.internal.heap.FullHeap;
import java.util.Map;

/** Which memory an {@link OutOfMemoryError} is about, and what to do: the heap is not the only one. */
final class ExhaustedMemory {
    private static final String DIRECT = "Release direct buffers when an attempt fails, or raise ";

    /** By parts of the messages of HotSpot, and of Netty's own. */
    private static final Map<String, String> REMEDIES = Map.of(
            "io.netty.util.internal.OutOfDirectMemoryError", DIRECT + "-Dio.netty.maxDirectMemory.",
            "direct buffer memory", DIRECT + "-XX:MaxDirectMemorySize.",
            "unable to create native thread", "End the threads that attempts start, or raise the system's limit.",
            "Metaspace", "Raise -XX:MaxMetaspaceSize, or define no classes in the task.",
            "Compressed class space", "Raise -XX:CompressedClassSpaceSize, or define no classes in the task.");

    private ExhaustedMemory() {}

    /** What to do about an error, which says this about itself. */
    static String remedy(String description) {
        return REMEDIES.entrySet().stream()
                .filter(remedy -> description.contains(remedy.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(FullHeap.REMEDY);
    }
}
