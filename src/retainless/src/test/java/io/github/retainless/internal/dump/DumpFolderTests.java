package io.github.retainless.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What JVMs leave that are killed, and who may delete it. */
class DumpFolderTests {
    @TempDir
    Path parent;

    /** A folder of a JVM that has been killed, with something like a dump. */
    private Path abandoned(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve("lock"), "\1");
        Files.writeString(folder.resolve("heap.hprof"), "secrets");
        return folder;
    }

    @Test
    void killed_isDeleted() throws IOException {
        abandoned("retainless-1-2-3");
        abandoned(".retainless-1-2-3");

        DumpFolder.deleteAbandoned(parent);

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void severalKilled_oneOfThemCannotBeDeleted_theOthersAre() throws IOException {
        Path odd = abandoned("retainless-1-2-3");
        Files.createDirectories(odd.resolve("sub/folder"));
        abandoned("retainless-1-2-2");
        abandoned("retainless-1-2-4");

        DumpFolder.deleteAbandoned(parent);

        assertThat(parent.toFile().listFiles()).containsExactly(odd.toFile());
    }

    @Test
    void inUseByAnotherJvm_stays_untilThatIsKilled() throws IOException {
        Process other = ChildJvm.prepare(List.of("-Djava.io.tmpdir=" + parent), Holder.class)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path dump;
        try {
            dump = other.inputReader()
                    .lines()
                    .filter(line -> line.startsWith(Holder.DUMP))
                    .map(line -> Path.of(line.substring(Holder.DUMP.length())))
                    .findFirst()
                    .orElseThrow();

            DumpFolder.deleteAbandoned(parent);
            assertThat(dump).isNotEmptyFile();
        } finally {
            other.destroyForcibly().onExit().join();
        }
        assertThat(dump).isNotEmptyFile();

        DumpFolder.deleteAbandoned(parent);
        assertThat(parent).isEmptyDirectory();
    }

    /** Has a dump until it is killed. */
    static final class Holder {
        /** The JVM itself may print a warning first. */
        static final String DUMP = "dump: ";

        private Holder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            HeapDump dump = HeapDump.take(HeapDumps.TEMPORARY);
            System.out.println(DUMP + dump.file());
            Thread.sleep(600_000);
        }
    }

    @Test
    void ofThisJvm_stays() throws IOException {
        try (DumpFolder ours = DumpFolder.in(parent)) {
            DumpFolder.deleteAbandoned(parent);

            assertThat(ours.path()).isNotEmptyDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void justMade_orNoneOfOurs_stays() throws IOException {
        Path justMade = abandoned("retainless-1-2-3");
        Files.writeString(justMade.resolve("lock"), "");
        Path unlocked = abandoned("retainless-1-2-4");
        Files.delete(unlocked.resolve("lock"));
        Path otherName = abandoned("retainless-main");

        DumpFolder.deleteAbandoned(parent);

        assertThat(List.of(justMade, unlocked, otherName))
                .allSatisfy(stays -> assertThat(stays.resolve("heap.hprof")).exists());
    }

    @Test
    void link_stays_andWhatItLeadsTo(@TempDir Path elsewhere) throws IOException {
        Path dump = Files.writeString(elsewhere.resolve("heap.hprof"), "of somebody else");
        Files.writeString(elsewhere.resolve("lock"), "\1");
        Path link = Files.createSymbolicLink(parent.resolve("retainless-1-2-3"), elsewhere);

        DumpFolder.deleteAbandoned(parent);

        assertThat(dump).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void ofAnotherUser_stays() throws IOException {
        Path anothers = abandoned("retainless-1-2-3");
        assumeTrue(giveAway(anothers), "only root can give a folder to another user");

        DumpFolder.deleteAbandoned(parent);

        assertThat(anothers.resolve("heap.hprof")).exists();
    }

    private static boolean giveAway(Path path) throws IOException {
        try {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            return true;
        } catch (FileSystemException notRoot) {
            return false;
        }
    }
}
