package io.github.retainless.internal.output.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Files that are written whole or not at all, and are replaced at once, so that nobody ever reads half of one. */
public final class AtomicFile {
    private static final String PART = ".part";

    /** No file takes that long to write. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it; need not close. */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /** Writes a text in UTF-8; makes the folder if need be. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a file, in place of one that is there; makes the folder if need be. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        // Not a temporary file of the JDK's, which only its owner may read.
        Path part = folder.resolve("." + UUID.randomUUID() + PART);
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.writeTo(out);
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException ignored) {
                // This file system has no atomic moves.
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Deletes what JVMs left that were killed while they wrote a file, some time before this one was written beside it.
     */
    public static void deleteAbandonedBeside(Path written) throws IOException {
        Instant last = Files.getLastModifiedTime(written).toInstant().minus(PATIENCE);
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(written.toAbsolutePath().resolveSibling(""), AtomicFile::isPart)) {
            for (Path part : parts) {
                if (isOlder(part, last)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return name.matches("\\.[-0-9a-f]{36}\\" + PART);
    }

    private static boolean isOlder(Path part, Instant last) throws IOException {
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(last);
        } catch (NoSuchFileException ignored) {
            // Its writer has moved it to its place.
            return false;
        }
    }
}
