package io.github.retainless.lab.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM of the same JDK and class path, whose errors go to ours. */
final class ChildJvm {
    private ChildJvm() {}

    static ProcessBuilder of(List<String> flags, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    static void runToItsEnd(ProcessBuilder child) throws IOException, InterruptedException {
        int exitCode = child.inheritIO().start().waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("exit code " + exitCode + " of " + child.command());
        }
    }
}
