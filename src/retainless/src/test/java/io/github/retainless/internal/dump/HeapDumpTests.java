package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.heap.HeapLayout;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of this JVM's heap: where they are, who may read them, and that nothing is left of them. */
@Slow("dumps the heap of this JVM in each test")
class HeapDumpTests {
    private static final String UNREAD = "Who retains them could not be found out: the heap dump could not be read, ";

    @TempDir
    Path folder;

    private int watch;

    @BeforeEach
    void leak() {
        watch = LeakingDump.leak();
    }

    @AfterEach
    void forget() {
        LeakingDump.forget();
    }

    private DumpQuery query() {
        return new DumpQuery(watch, 0, LeakingDump.ATTEMPTS, 10, HeapLayout.current());
    }

    private static DumpResult trace(DumpQuery query, HeapDumps dumps) {
        return HeapTrace.of(query, dumps, new Object[0], new Object(), null);
    }

    private Path target() {
        return folder.resolve("reports").resolve("acme.hprof");
    }

    private static void assertOwnersOnly(Path path, String permissions) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        // Elsewhere the folder for temporary files is the user's own.
        if (view != null) {
            assertThat(PosixFilePermissions.toString(view.readAttributes().permissions()))
                    .isEqualTo(permissions);
        }
    }

    private List<String> namesIn(Path where) {
        return List.of(where.toFile().list());
    }

    @Test
    void take_ownersOnlyAndGoneWhenClosed() throws IOException {
        HeapDump dump = HeapDump.take(HeapDumps.TEMPORARY);
        try (dump) {
            assertThat(dump.file()).isNotEmptyFile();
            assertOwnersOnly(dump.folder(), "rwx------");
            assertOwnersOnly(dump.file(), "rw-------");
            Files.writeString(dump.folder().resolve("heap.hprof.p0"), "a part of it");
        }

        assertThat(dump.folder()).doesNotExist();
    }

    @Test
    void close_isAlreadyDeleted_doesNothing() throws IOException {
        HeapDump dump = HeapDump.take(HeapDumps.keptAs(target()));
        dump.close();

        dump.close();

        assertThat(target().getParent()).isEmptyDirectory();
    }

    @Test
    void kept_folderIsMadeAndFileIsItsOwnersOnly() throws IOException {
        DumpResult found = trace(query(), HeapDumps.keptAs(target()));

        assertThat(found.missing()).isEmpty();
        assertThat(found.signatures()).hasSize(2);
        assertThat(found.heapDump()).isEqualTo(target().toString().replace('\\', '/'));
        assertOwnersOnly(target(), "rw-------");
        assertThat(namesIn(target().getParent())).containsExactly("acme.hprof");
        assertThat(DumpSearchTests.text(HeapDumpReader.read(target(), query()))).hasSize(2);
    }

    @Test
    void kept_anotherIsThere_isReplaced() throws IOException {
        Files.createDirectories(target().getParent());
        Files.writeString(target(), "old");

        DumpResult found = trace(query(), HeapDumps.keptAs(target()));

        assertThat(found.missing()).isEmpty();
        assertThat(Files.size(target())).isGreaterThan(100_000);
        assertThat(namesIn(target().getParent())).containsExactly("acme.hprof");
    }

    @Test
    void kept_folderOfThatName_findingsStandAndDumpIsDeleted() throws IOException {
        Files.createDirectories(target());

        DumpResult found = trace(query(), HeapDumps.keptAs(target()));

        assertThat(found.signatures()).hasSize(2);
        assertThat(found.heapDump()).isEmpty();
        assertThat(found.missing())
                .isEqualTo("The heap dump could not be kept as "
                        + target().toString().replace('\\', '/')
                        + ", there is a folder of that name. See to it that a file can be written there.");
        assertThat(namesIn(target().getParent())).containsExactly("acme.hprof");
        assertThat(target()).isEmptyDirectory();
    }

    @Test
    void kept_fileInPlaceOfTheFolder_saysSo() throws IOException {
        Files.writeString(target().getParent(), "a file");

        DumpResult found = trace(query(), HeapDumps.keptAs(target()));

        assertThat(found.signatures()).isEmpty();
        assertThat(found.missing())
                .isEqualTo("Who retains them could not be found out: there is no folder to write a heap dump to,"
                        + " java.nio.file.FileAlreadyExistsException: " + target().getParent()
                        + ". Keep heap dumps in a folder that can be written to and has room.");
    }

    @Test
    void take_diskFillsUpMeanwhile_saysSoAndNothingIsLeft() throws IOException {
        HotSpotDiagnosticMXBean full = bean(file -> {
            Files.writeString(Path.of(file), "half a dump");
            throw new IOException("No space left on device");
        });

        assertThatIOException()
                .isThrownBy(() -> HeapDump.take(HeapDumps.keptAs(target()), full))
                .withMessage("a heap dump could not be written to " + target().getParent()
                        + ", No space left on device. Keep heap dumps in a folder that can be written to and has room");
        assertThat(target().getParent()).isEmptyDirectory();
    }

    @FunctionalInterface
    private interface Dumping {
        void dump(String file) throws IOException;
    }

    private static HotSpotDiagnosticMXBean bean(Dumping dumping) {
        return (HotSpotDiagnosticMXBean) Proxy.newProxyInstance(
                HeapDumpTests.class.getClassLoader(),
                new Class<?>[] {HotSpotDiagnosticMXBean.class},
                (proxy, method, arguments) -> {
                    dumping.dump((String) arguments[0]);
                    return null;
                });
    }

    @Test
    void unreadable_saysSoAndDumpIsKept() {
        DumpQuery wrong = new DumpQuery(watch, 0, -2_000, 10, HeapLayout.current());

        DumpResult found = trace(wrong, HeapDumps.keptAs(target()));

        assertThat(found.signatures()).isEmpty();
        assertThat(found.missing())
                .matches(UNREAD + "it has something of attempt \\d+, of which there were only -2000\\.");
        assertThat(found.heapDump()).isEqualTo(target().toString().replace('\\', '/'));
        assertThat(namesIn(target().getParent())).containsExactly("acme.hprof");
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void unforeseenFailure_saysSoAndAsksForAReport() {
        DumpQuery wrong = new DumpQuery(watch, 0, LeakingDump.ATTEMPTS, 10, null);

        DumpResult found = trace(wrong, HeapDumps.keptAs(target()));

        assertThat(found.missing())
                .startsWith(UNREAD + "since that failed with java.lang.NullPointerException")
                .endsWith(". Please report it.");
    }

    @Test
    void interruptedBefore_tracesAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        DumpResult found = trace(query(), HeapDumps.keptAs(target()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(found.missing()).isEmpty();
        assertThat(found.signatures()).hasSize(2);
        assertThat(target()).isRegularFile();
    }

    @Test
    void off_saysSo() {
        DumpResult found = trace(query(), HeapDumps.NONE);

        assertThat(found)
                .isEqualTo(DumpResult.missing("Who retains them was not looked for, since heap dumps are off."));
    }

    @Test
    void checkSpace_justEnough_passes() throws IOException {
        HeapDump.checkSpace(100 << 20, 136 << 20, "/tmp", "Make room");
    }

    @Test
    void checkSpace_oneByteTooLittle_saysHowMuchAndWhere() {
        assertThatIOException()
                .isThrownBy(() -> HeapDump.checkSpace(100 << 20, (136 << 20) - 1, "/tmp", "Make room"))
                .withMessage(
                        "a heap dump takes up to 142,606,336 B, but the disk of /tmp has only 142,606,335 B left. Make"
                                + " room");
    }

    @Test
    void checkSpace_fullDisk_saysSo() {
        assertThatIOException()
                .isThrownBy(() -> HeapDump.checkSpace(1 << 30, 0, "/tmp", "Make room"))
                .withMessage("a heap dump takes up to 1.2 GiB, but the disk of /tmp has only 0 B left. Make room");
    }
}
