package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.Arrays;
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
    static void takeDump() throws IOException {
        real = Files.write(shared.resolve("real.hprof"), LeakingDump.bytes());
    }

    private static DumpQuery query() {
        return LeakingDump.query(1);
    }

    @Test
    void read_findsTheSameAsInProcess() throws Exception {
        DumpResult found = new ChildReader().read(real, folder, query());

        assertThat(found).isEqualTo(HeapDumpReader.read(real, query()));
        assertThat(found.signatures()).hasSize(2);
    }

    @Test
    void corruptDump_saysWhatIsWrongWithIt() throws IOException {
        byte[] bytes = Files.readAllBytes(real);
        Path cut = Files.write(folder.resolve("cut.hprof"), Arrays.copyOf(bytes, 100_000));

        assertThatIOException()
                .isThrownBy(() -> new ChildReader().read(cut, folder, query()))
                .withMessageMatching("it ends after 100000 bytes, in the middle of a record of \\d+ bytes");
    }

    @Test
    void noJava_saysSo() {
        Path java = folder.resolve("bin").resolve("java");

        assertThatIOException()
                .isThrownBy(() -> new ChildReader(java, 1 << 27).read(real, folder, query()))
                .withMessageStartingWith(NO_ROOM + "no other JVM could be started (Cannot run program \"" + java + "\"")
                .withMessageEndingWith(")" + REMEDY);
    }

    @Test
    void jvmThatDoesNotStart_saysItsExitCode() throws IOException {
        Path tiny = new DumpBuilder().write(folder.resolve("tiny.hprof"));

        // Not even an empty program runs in a heap of 1 MiB.
        assertThatIOException()
                .isThrownBy(() -> new ChildReader(JAVA, 1 << 20).read(tiny, folder, query()))
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
                .isThrownBy(() -> new ChildReader(JAVA, 5 << 20).read(wide, folder, query()))
                .withMessageMatching(
                        NO_ROOM + "a JVM of its own with a heap of \\d MiB has too little as well" + REMEDY);
    }

    @Test
    void interrupted_ends() throws IOException {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new ChildReader().read(real, folder, query()));
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
}
