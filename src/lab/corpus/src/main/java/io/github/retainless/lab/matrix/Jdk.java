package io.github.retainless.lab.matrix;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** An installed JDK. */
record Jdk(Path home, String version) {
    /** Those in the given folders, separated as in a class path. */
    static List<Jdk> in(String homes) {
        return Arrays.stream(homes.split(File.pathSeparator))
                .map(Path::of)
                .map(Jdk::at)
                .toList();
    }

    private static Jdk at(Path home) {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException noJdk) {
            throw new UncheckedIOException("No JDK at " + home, noJdk);
        }
        return new Jdk(home, release.getProperty("JAVA_VERSION").replace("\"", ""));
    }

    int feature() {
        return Runtime.Version.parse(version).feature();
    }

    Path java() {
        return home.resolve("bin").resolve("java");
    }

    boolean has(Collector collector) {
        try {
            Process process = new ProcessBuilder(java().toString(), collector.flag(), "-version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
