package io.github.retainless.trace;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.retainless.heap.ByteSize;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A dump of this JVM's heap, in a folder that is its owner's only, and gone when it is closed. */
final class HeapDump implements AutoCloseable {
    /** A dump is about 1.2 times as large as what is in the heap; and a disk should not be filled to the brim. */
    private static final double PER_HEAP_BYTE = 1.2;

    private static final long SPARE = 16 << 20;

    private final Path folder;
    private final Path file;

    private HeapDump(Path folder) {
        this.folder = folder;
        file = folder.resolve("heap.hprof");
    }

    /**
     * Dumps what is live.
     *
     * @throws IOException if that can't be done; the message says why and what to do
     */
    static HeapDump take(HeapDumps dumps) throws IOException {
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (diagnostics == null) {
            throw new IOException(
                    "this JVM has no HotSpotDiagnosticMXBean to dump its heap. Run the test on a HotSpot JVM");
        }
        HeapDump dump = new HeapDump(newFolder(dumps));
        try {
            dump.checkSpace();
            diagnostics.dumpHeap(dump.file.toString(), true);
            return dump;
        } catch (IOException | RuntimeException failed) {
            dump.close();
            throw new IOException(failed.getMessage(), failed);
        }
    }

    private static Path newFolder(HeapDumps dumps) throws IOException {
        try {
            Path keptAs = dumps.keptAs();
            if (keptAs == null) {
                return Files.createTempDirectory("retainless");
            }
            // On the same disk, so that it can be moved in an instant.
            Path parent = keptAs.toAbsolutePath().getParent();
            return Files.createTempDirectory(Files.createDirectories(parent), ".retainless");
        } catch (IOException | SecurityException unwritable) {
            throw new IOException(
                    "there is no folder to write a heap dump to, " + unwritable
                            + ". Let java.io.tmpdir point to one that can be written to",
                    unwritable);
        }
    }

    private void checkSpace() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long needed = (long) (PER_HEAP_BYTE * (runtime.totalMemory() - runtime.freeMemory())) + SPARE;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new IOException("a heap dump takes up to " + new ByteSize(needed) + ", but the disk of "
                    + folder.getParent() + " has only " + new ByteSize(free)
                    + " left. Make room there, or let java.io.tmpdir point to where there is some");
        }
    }

    Path file() {
        return file;
    }

    Path folder() {
        return folder;
    }

    /** Moves the dump to where it stays. */
    void keepAs(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        for (Path path : List.of(file, folder.resolve(ChildReader.ANSWER), folder)) {
            Files.deleteIfExists(path);
        }
    }
}
