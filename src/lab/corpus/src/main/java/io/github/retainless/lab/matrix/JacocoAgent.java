package io.github.retainless.lab.matrix;

import java.io.File;
import java.util.Arrays;

/** The agent of JaCoCo, which is on the class path. */
final class JacocoAgent {
    private JacocoAgent() {}

    static String jar() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> new File(entry).getName().matches("org\\.jacoco\\.agent-.*-runtime\\.jar"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JaCoCo's agent is not on the class path"));
    }
}
