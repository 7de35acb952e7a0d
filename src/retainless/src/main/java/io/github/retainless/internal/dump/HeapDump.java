package io.github.retainless.internal.dump;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.internal.units.ByteSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A dump of this JVM's heap, in a folder that is its owner's only; gone when it is closed, or the JVM is shut down. */
final class HeapDump implements AutoCloseable {
    /** A dump is about 1.2 times as large as what is in the heap; and a disk should not be filled to the brim. */
    private static final double PER_HEAP_BYTE = 1.2;

    private static final long SPARE = 16 << 20;

    private final DumpFolder folder;
    private final Path file;
    private final Thread atShutdown = new Thread(this::deleteAtShutdown, "retainless heap dump");

    private HeapDump(DumpFolder folder) {
        this.folder = folder;
        file = folder.path().resolve("heap.hprof");
    }

    /**
     * Dumps what is live.
     *
     * @throws IOException if that can't be done; the message says why and what to do, without its last full stop
     */
    static HeapDump take(HeapDumps dumps) throws IOException {
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (diagnostics == null) {
            throw new IOException(
                    "this JVM has no HotSpotDiagnosticMXBean to dump its heap. Run the test on a HotSpot JVM");
        }
        return take(dumps, diagnostics);
    }

    /** The same with another way to dump the heap. */
    static HeapDump take(HeapDumps dumps, HotSpotDiagnosticMXBean diagnostics) throws IOException {
        HeapDump dump = new HeapDump(newFolder(dumps));
        try {
            Runtime.getRuntime().addShutdownHook(dump.atShutdown);
            dump.write(diagnostics, remedy(dumps));
            return dump;
        } catch (IOException | RuntimeException | Error failed) {
            try {
                dump.close();
            } catch (IOException ignored) {
                throw new IOException(
                        text(failed) + ". What was written of it could not be deleted: delete " + dump.folder(),
                        failed);
            }
            throw failed;
        }
    }

    private static DumpFolder newFolder(HeapDumps dumps) throws IOException {
        try {
            Path keptAs = dumps.keptAs();
            // On the same disk, so that it can be moved in an instant.
            return keptAs == null
                    ? DumpFolder.temporary()
                    : DumpFolder.in(keptAs.toAbsolutePath().resolveSibling(""));
        } catch (IOException | RuntimeException unwritable) {
            throw new IOException(
                    "there is no folder to write a heap dump to, " + unwritable + ". " + remedy(dumps), unwritable);
        }
    }

    private static String remedy(HeapDumps dumps) {
        return dumps.keptAs() == null
                ? "Let java.io.tmpdir point to a folder that can be written to and has room"
                : "Keep heap dumps in a folder that can be written to and has room";
    }

    private void write(HotSpotDiagnosticMXBean diagnostics, String remedy) throws IOException {
        Runtime runtime = Runtime.getRuntime();
        // Not by the FileStore, which is not found in some containers.
        checkSpace(
                runtime.totalMemory() - runtime.freeMemory(), folder().toFile().getUsableSpace(), parent(), remedy);
        try {
            diagnostics.dumpHeap(file.toString(), true);
        } catch (IOException | RuntimeException failed) {
            throw new IOException(
                    "a heap dump could not be written to " + parent() + ", " + text(failed) + ". " + remedy, failed);
        }
    }

    /** Refuses to dump a heap of so many bytes to a disk that has no room for that. */
    static void checkSpace(long heapBytes, long freeBytes, String where, String remedy) throws IOException {
        long needed = (long) (PER_HEAP_BYTE * heapBytes) + SPARE;
        if (freeBytes < needed) {
            ByteSize most = new ByteSize(needed);
            ByteSize left = new ByteSize(Math.max(0, freeBytes));
            boolean lookAlike = most.toString().equals(left.toString());
            throw new IOException(
                    "a heap dump takes up to " + (lookAlike ? most.inBytes() : most) + ", but the disk of " + where
                            + " has only " + (lookAlike ? left.inBytes() : left) + " left. " + remedy);
        }
    }

    private String parent() {
        return String.valueOf(folder().getParent());
    }

    /** What went wrong, in the words of the exception if it has any. */
    static String text(Throwable failed) {
        String message = failed.getMessage();
        return message == null || message.isBlank() ? failed.toString() : message;
    }

    Path file() {
        return file;
    }

    Path folder() {
        return folder.path();
    }

    /** Moves the dump to where it stays, in place of a file that is there. */
    void keepAs(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("there is a folder of that name");
        }
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Deletes the dump, unless it has been moved, and what else is in its folder: the JVM may have written it in parts.
     *
     * @throws IOException if that can't be done
     */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException ignored) {
            // Then it is deleted twice at most.
        }
        folder.close();
    }

    private void deleteAtShutdown() {
        try {
            folder.close();
        } catch (IOException | RuntimeException ignored) {
            // Nobody is left to be told.
        }
    }
}
