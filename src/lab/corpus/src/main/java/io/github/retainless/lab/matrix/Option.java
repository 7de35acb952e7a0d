package io.github.retainless.lab.matrix;

import java.util.List;

/** What else a JVM is started with, one at a time. */
enum Option {
    NONE("none"),
    EXPLICIT_GC_OFF("DisableExplicitGC", "-XX:+DisableExplicitGC"),
    EXPLICIT_GC_CONCURRENT("ExplicitGCInvokesConcurrent", "-XX:+ExplicitGCInvokesConcurrent"),
    COMPACT_HEADERS("UseCompactObjectHeaders", "-XX:+UseCompactObjectHeaders"),
    NO_COMPRESSED_OOPS("no UseCompressedOops", "-XX:-UseCompressedOops"),
    INTERPRETED("-Xint", "-Xint"),
    COMPILED("-Xcomp", "-Xcomp"),
    ACCESS_DENIED(
            "native access and Unsafe denied", "--illegal-native-access=deny", "--sun-misc-unsafe-memory-access=deny"),
    /** It listens on a port of the loopback interface, which nobody uses. */
    DEBUGGER("debugger agent", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0"),
    JACOCO("JaCoCo agent");

    private final String label;
    private final List<String> flags;

    Option(String label, String... flags) {
        this.label = label;
        this.flags = List.of(flags);
    }

    String label() {
        return label;
    }

    List<String> flags() {
        return this == JACOCO ? List.of("-javaagent:" + JacocoAgent.jar() + "=output=none") : flags;
    }

    /** Whether everything takes far more time, so that there are fewer runs of each subject. */
    boolean slow() {
        return this == INTERPRETED || this == COMPILED;
    }

    boolean existsIn(Jdk jdk) {
        return jdk.feature() >= 25 || (this != COMPACT_HEADERS && this != ACCESS_DENIED);
    }
}
