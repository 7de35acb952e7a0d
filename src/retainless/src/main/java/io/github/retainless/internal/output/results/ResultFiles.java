package io.github.retainless.internal.output.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which files of results there are. */
final class ResultFiles {
    private ResultFiles() {}

    /** Each once, in a fixed order. */
    static List<Path> in(List<Path> places) throws IOException {
        Map<Path, Path> files = new TreeMap<>();
        for (Path place : places) {
            List<Path> here = inOne(place);
            if (here.isEmpty()) {
                throw new FileNotFoundException(place + " has no results: there is no " + ResultsFile.PREFIX + "*"
                        + ResultsFile.ENDING + " in it or below");
            }
            for (Path file : here) {
                files.putIfAbsent(real(file), file);
            }
        }
        return List.copyOf(files.values());
    }

    private static List<Path> inOne(Path place) throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        if (!Files.isDirectory(place)) {
            throw new FileNotFoundException(place + " does not exist");
        }
        List<Path> files = new ArrayList<>();
        // A walk follows no link, not even one that it begins with.
        Files.walkFileTree(Files.isSymbolicLink(place) ? place.toRealPath() : place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (ResultsFile.isOne(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Tests that still run make and delete files.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                return e instanceof NoSuchFileException
                        ? FileVisitResult.CONTINUE
                        : super.postVisitDirectory(folder, e);
            }
        });
        return files;
    }

    /** Without links, if it is there. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException ignored) {
            // Somebody else has deleted it.
            return path.toAbsolutePath().normalize();
        }
    }
}
