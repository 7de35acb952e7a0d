package io.github.retainless.experiment;

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
public record Jvm(String version, String vendor, String name, String collector, long maxHeap, int processors) {}
