package io.github.retainless.lab.peers;

import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM of the same JDK, which says line by line what it found. */
final class PeerJvm {
    private static final String MARK = "= ";

    /**
     * How one ended.
     *
     * @param succeeded whether it did so by itself and without an error
     * @param lines what it printed
     * @param cpuSeconds the CPU time of the whole process if it was ended because its time was over, otherwise 0
     */
    record End(boolean succeeded, List<String> lines, double cpuSeconds) {
        /** What it said about something. */
        List<String> about(String topic) {
            String start = MARK + topic + " ";
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .toList();
        }

        String only(String topic) {
            List<String> said = about(topic);
            if (!succeeded || said.size() != 1) {
                throw new IllegalStateException("no \"" + topic + "\" in: " + String.join("\n", lines));
            }
            return said.get(0);
        }
    }

    private PeerJvm() {}

    /** In the child: tells the parent. */
    static void say(String topic, String what) {
        System.out.println(MARK + topic + " " + what);
    }

    static End run(int megabytes, Duration limit, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        // Who runs out of memory has failed, whatever it does about it.
        List<String> flags = List.of("-XX:+ExitOnOutOfMemoryError");
        return run(megabytes, limit, flags, System.getProperty("java.class.path"), main, arguments);
    }

    static End run(
            int megabytes, Duration limit, List<String> flags, String classPath, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> allFlags = new ArrayList<>(List.of("-Xmx" + megabytes + "m"));
        allFlags.addAll(flags);
        Path out = Files.createTempFile("peer", ".out");
        try {
            Process child = ChildJvm.prepare(classPath, allFlags, main, arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                if (child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new End(child.exitValue() == 0, Files.readAllLines(out), 0);
                }
                Duration cpu = child.info().totalCpuDuration().orElse(Duration.ZERO);
                return new End(false, Files.readAllLines(out), cpu.toMillis() / 1e3);
            } finally {
                child.destroyForcibly().onExit().join();
            }
        } finally {
            Files.delete(out);
        }
    }
}
