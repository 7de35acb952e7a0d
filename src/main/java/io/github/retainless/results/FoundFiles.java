package io.github.retainless.results;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which files of results there are. */
final class FoundFiles {
    private FoundFiles() {}

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
        // A walk follows no link, not even one that it begins with.
        try (Stream<Path> all = Files.walk(Files.isSymbolicLink(place) ? place.toRealPath() : place)) {
            return all.filter(ResultsFile::isOne).toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Without links, if it is there. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            return path.toAbsolutePath().normalize();
        }
    }
}
