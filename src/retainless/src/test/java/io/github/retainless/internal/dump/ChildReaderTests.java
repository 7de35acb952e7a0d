package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.retainless.testing.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildReaderTests {
    private static final String NO_ROOM = "for which the heap of this JVM has too little room, and ";
    private static final String REMEDY = ". Raise -Xmx of the tests' JVM";
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    static Path shared;

    private static Path real = Path.of("");

    @TempDir
    Path folder;

    @BeforeAll
    static void takeDump() {
        real = LeakingDump.of(shared.resolve("real.hprof"));
    }

    private static DumpQuery request() {
        return LeakingDump.request(1);
    }

    @Test
    void read_findsTheSameAsInProcess() throws Exception {
        DumpResult found = new ChildReader().read(real, folder, request());

        assertThat(found).isEqualTo(HeapDumpReader.read(real, request()));
        assertThat(found.signatures()).hasSize(2);
    }

    @Test
    void corruptDump_saysWhatIsWrongWithIt() throws IOException {
        byte[] bytes = Files.readAllBytes(real);
        Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(bytes, 100_000));

        assertThatIOException()
                .isThrownBy(() -> new ChildReader().read(cut, folder, request()))
                .withMessageMatching("it ends after 100000 bytes, in the middle of a record of \\d+ bytes");
    }

    @Test
    void noJava_saysSo() {
        Path java = folder.resolve("bin").resolve("java");

        assertThatIOException()
                .isThrownBy(() -> new ChildReader(java, 1 << 27).read(real, folder, request()))
                .withMessageStartingWith(NO_ROOM + "no other JVM could be started (Cannot run program \"" + java + "\"")
                .withMessageEndingWith(")" + REMEDY);
    }

    @Test
    void jvmThatDoesNotStart_saysItsExitCode() throws IOException {
        Path tiny = new DumpBuilder().write(folder.resolve("tiny.hprof"));

        // Not even an empty program runs in a heap of 1 MiB.
        assertThatIOException()
                .isThrownBy(() -> new ChildReader(JAVA, 1 << 20).read(tiny, folder, request()))
                .withMessage(NO_ROOM + "a JVM of its own with a heap of 1 MiB ended with exit code 1" + REMEDY);
    }

    @Test
    void tooLittleRoomThereToo_saysSo() throws IOException {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 0; i < 40; i++) {
            dump.at(0x8_0000_0000L + i * 0x80_0000L);
            dump.array();
        }
        Path wide = dump.write(folder.resolve("wide.hprof"));

        assertThatIOException()
                .isThrownBy(() -> new ChildReader(JAVA, 5 << 20).read(wide, folder, request()))
                .withMessageMatching(
                        NO_ROOM + "a JVM of its own with a heap of \\d MiB has too little as well" + REMEDY);
    }

    @Test
    void interrupted_ends() throws IOException {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new ChildReader().read(real, folder, request()));
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "a b+c%20d", "retainless.jar"})
    void classPath_isWhereTheClassesAre(String name) throws Exception {
        Path place = folder.resolve(name);

        assertThat(ChildReader.classPath(source(place.toUri().toURL()))).isEqualTo(place.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar:file:/app.jar!/BOOT-INF/lib/retainless.jar!/", "https://acme.io/a.jar", "file:/a b"})
    void classesInNoFile_saysSo(String url) {
        assertThatIOException()
                .isThrownBy(() -> ChildReader.classPath(source(url(url))))
                .withMessage(NO_ROOM + "this library's classes are in no jar or folder that another JVM could be"
                        + " started with" + REMEDY);
    }

    @Test
    void classesFromNowhere_saysSo() {
        String message = NO_ROOM
                + "this library's classes are in no jar or folder that another JVM could be started with" + REMEDY;

        assertThatIOException().isThrownBy(() -> ChildReader.classPath(null)).withMessage(message);
        assertThatIOException()
                .isThrownBy(() -> ChildReader.classPath(source(null)))
                .withMessage(message);
    }

    @SuppressWarnings("deprecation") // its replacement does not take what is no URI
    private static URL url(String url) throws IOException {
        return new URL(url);
    }

    private static CodeSource source(URL url) {
        return new CodeSource(url, (Certificate[]) null);
    }

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
        assertThat(folder.resolve("out")).content().contains("no room\n", "missing: \n", "MAPPED");
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
}
