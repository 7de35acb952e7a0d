package io.github.retainless.internal.output.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTests {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private Path file(String name, Instant written) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "some");
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    @Test
    void deleteAbandonedBeside_deletesOldPartsOnly() throws IOException {
        Path page = file("index.html", NOON);
        Path old = file(".6f0a7b36-2a0c-4be5-9a4e-3d1f0c7f2b11.part", NOON.minusSeconds(601));
        Path beingWritten = file(".6f0a7b36-2a0c-4be5-9a4e-3d1f0c7f2b12.part", NOON.minusSeconds(599));
        Path newer = file(".6f0a7b36-2a0c-4be5-9a4e-3d1f0c7f2b13.part", NOON.plusSeconds(3_600));
        Path others = file("film.part", NOON.minusSeconds(3_600));

        AtomicFile.deleteAbandonedBeside(page);

        assertThat(old).doesNotExist();
        assertThat(List.of(page, beingWritten, newer, others))
                .allSatisfy(stays -> assertThat(stays).exists());
    }

    @Test
    void write_half_fileIsStillTheOldOne() throws IOException {
        Path file = file("figures.csv", NOON);

        AtomicFile.write(file, out -> {
            out.write("oth".getBytes(UTF_8));
            out.flush();
            assertThat(file).usingCharset(UTF_8).hasContent("some");
            out.write("er".getBytes(UTF_8));
        });

        assertThat(file).usingCharset(UTF_8).hasContent("other");
    }

    @Test
    void write_fails_fileStaysAndNoPartIsLeft() throws IOException {
        Path file = file("figures.csv", NOON);
        AtomicFile.Content failing = out -> {
            out.write("oth".getBytes(UTF_8));
            out.flush();
            throw new IOException("No space left on device");
        };

        assertThatIOException().isThrownBy(() -> AtomicFile.write(file, failing));

        assertThat(file).usingCharset(UTF_8).hasContent("some");
        assertThat(folder.toFile().list()).containsExactly("figures.csv");
    }

    @Test
    void write_leavesNoPart() throws IOException {
        AtomicFile.write(folder.resolve("a/figures.csv"), "1,2");

        assertThat(folder.resolve("a").toFile().list()).containsExactly("figures.csv");
    }
}
