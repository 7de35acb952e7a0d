package io.github.retainless.internal.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.testing.ChildJvm;
import io.github.retainless.testing.Slow;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow("JVMs with full heaps, most of which start another JVM to read their dump")
class CrowdedHeapTests {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    @Test
    void crowdedHeapAndLibraryInAJarWithSpacesInItsPath_anotherJvmReadsAndNothingIsPrinted() throws IOException {
        Path classes = Path.of(
                ChildReader.classPath(ChildReader.class.getProtectionDomain().getCodeSource()));
        Path jar = Files.createDirectories(folder.resolve("a b+c")).resolve("retain less.jar");
        pack(classes, jar);
        List<String> classPath = new ArrayList<>(List.of(jar.toString()));
        for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!Path.of(each).equals(classes)) {
                classPath.add(each);
            }
        }

        checkFound(ChildJvm.run(String.join(File.pathSeparator, classPath), CrowdedHeap.flags(), CrowdedHeap.class));
    }

    private static void checkFound(ChildJvm.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines().map(line -> line.replaceAll("\\d+ B", "n B")))
                .containsExactlyInAnyOrder(
                        "no room",
                        "missing: ",
                        "interrupted: false",
                        "STRONG 10 [5, 5] java.lang.IllegalStateException n B"
                                + " | STATIC io.github.retainless.internal.dump.LeakingDump.LISTED"
                                + " | ELEMENT java.util.ArrayList.*",
                        "STRONG 10 [5, 5] java.lang.IllegalStateException n B"
                                + " | STATIC io.github.retainless.internal.dump.LeakingDump.MAPPED"
                                + " | ENTRY java.util.HashMap.*");
    }

    private static void pack(Path classes, Path jar) throws IOException {
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, jar); // the tests run on the jar already
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    out.putNextEntry(
                            new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Test
    void optionsForTheJvmUnderTest_areNotForTheOther() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        List<String> command = new ArrayList<>(List.of(JAVA.toString()));
        command.addAll(CrowdedHeap.flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CrowdedHeap.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        // Each JVM that gets this writes a file of its own.
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + logs.resolve("%p.log"));
        builder.environment().put("JDK_JAVA_OPTIONS", "-Xlog:gc:file=" + logs.resolve("%p.jdk.log"));
        builder.environment().put("_JAVA_OPTIONS", "-Dacme=1 -Xlog:gc:file=" + logs.resolve("%p.old.log"));

        Process process = builder.start();

        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("out")).content(UTF_8).contains("no room\n", "missing: \n", "MAPPED");
        assertThat(logs.toFile().list())
                .containsExactlyInAnyOrder(
                        process.pid() + ".log", process.pid() + ".jdk.log", process.pid() + ".old.log");
    }

    @Test
    void interruptedMeanwhile_saysSoAndStaysInterrupted() {
        ChildJvm.Result result =
                ChildJvm.run(CrowdedHeap.flags("-Djava.io.tmpdir=" + folder), CrowdedHeap.class, "interrupted");

        assertThat(result.out().lines())
                .containsExactly(
                        "no room",
                        "missing: Who retains them could not be found out: the heap dump could not be read, since the"
                                + " thread was interrupted meanwhile. A time-out must leave room for that.",
                        "interrupted: true");
        assertThat(result.err()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void jvmEndsMeanwhile_nothingIsLeft() {
        ChildJvm.Result result =
                ChildJvm.run(CrowdedHeap.flags("-Djava.io.tmpdir=" + folder), CrowdedHeap.class, "exit");

        assertThat(result).isEqualTo(new ChildJvm.Result(0, "", ""));
        assertThat(folder).isEmptyDirectory();
    }
}
