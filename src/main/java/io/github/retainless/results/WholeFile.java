package io.github.retainless.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Files that are written whole or not at all, and are replaced at once, so that nobody ever reads half of one.
 *
 * @since 0.1.0
 */
public final class WholeFile {
    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it; need not close. */
        void writeTo(OutputStream out) throws IOException;
    }

    private WholeFile() {}

    /** Writes a text in UTF-8; makes the folder if need be. */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a file, in place of one that is there; makes the folder if need be. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        // Not a temporary file of the JDK's, which only its owner may read.
        Path part = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                content.writeTo(out);
            }
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException thenAsItGoes) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
