package io.github.retainless.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a main class in another JVM: the same JDK, flags and, if need be, a class path of one's own. */
public final class ChildJvm {
    private static final long TIMEOUT_SECONDS = 120;

    /**
     * The first three add flags, and a line on stderr that says so. With the others a build server would show failures
     * of fixtures that fail on purpose.
     */
    private static final Set<String> UNWANTED_VARIABLES = Set.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "GITHUB_ACTIONS",
            "GITHUB_STEP_SUMMARY",
            "GITLAB_CI");

    /** What a child JVM left behind. */
    public record Result(int exitCode, String out, String err) {
        /**
         * The JVM says this when another thread is in native code as it begins a heap dump; the dump is whole
         * nonetheless.
         */
        private static final String NO_GC_BEFORE_DUMP =
                "OpenJDK 64-Bit Server VM warning: GC locker is held; pre-heapdump GC was skipped\n";

        /** The error output without what the JVM says of a heap dump that it took at a bad moment. */
        public String errApartFromDumps() {
            return err.replace(NO_GC_BEFORE_DUMP, "");
        }
    }

    private ChildJvm() {}

    /** Runs a main class of the test class path. */
    public static Result run(List<String> jvmFlags, Class<?> main, String... args) {
        return run(TIMEOUT_SECONDS, jvmFlags, main, args);
    }

    /** The same with another time-out. */
    public static Result run(long timeoutSeconds, List<String> jvmFlags, Class<?> main, String... args) {
        return run(timeoutSeconds, System.getProperty("java.class.path"), jvmFlags, main, args);
    }

    /** Waits for its end, for two minutes at most. */
    public static Result run(String classPath, List<String> jvmFlags, Class<?> main, String... args) {
        return run(TIMEOUT_SECONDS, classPath, jvmFlags, main, args);
    }

    private static Result run(
            long timeoutSeconds, String classPath, List<String> jvmFlags, Class<?> main, String... args) {
        try {
            Path out = Files.createTempFile("child-jvm", ".out");
            Path err = Files.createTempFile("child-jvm", ".err");
            try {
                Process child = prepare(classPath, jvmFlags, main, args)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                int exitCode = await(child, timeoutSeconds, out, err);
                return new Result(exitCode, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(String classPath, List<String> jvmFlags, Class<?> main, String... args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.add("-classpath");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** Prepares a JVM of the test class path for a caller that decides where its output goes. */
    public static ProcessBuilder prepare(List<String> jvmFlags, Class<?> main, String... args) {
        return prepare(System.getProperty("java.class.path"), jvmFlags, main, args);
    }

    /** Prepares the same JVM with another class path. */
    public static ProcessBuilder prepare(String classPath, List<String> jvmFlags, Class<?> main, String... args) {
        ProcessBuilder builder = new ProcessBuilder(command(classPath, jvmFlags, main, args));
        builder.environment().keySet().removeAll(UNWANTED_VARIABLES);
        return builder;
    }

    /** Runs a main class whose output goes where ours goes, however long it takes; fails unless it ends with code 0. */
    public static void runAttached(List<String> jvmFlags, Class<?> main, String... args)
            throws IOException, InterruptedException {
        ProcessBuilder child = prepare(jvmFlags, main, args).inheritIO();
        int exitCode = child.start().waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("exit code " + exitCode + " of " + child.command());
        }
    }

    private static int await(Process child, long timeoutSeconds, Path out, Path err) throws IOException {
        try {
            if (child.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                return child.exitValue();
            }
            throw new AssertionError("The child JVM did not end within " + timeoutSeconds + " s. It printed:\n"
                    + Files.readString(out) + Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for a child JVM", e);
        } finally {
            child.destroyForcibly().onExit().join();
        }
    }
}
