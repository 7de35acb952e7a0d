package io.github.retainless.merge;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What the program is to do.
 *
 * @param out the folder for the page and the summary
 * @param places where the results are
 */
record Arguments(Path out, List<Path> places) {
    private static final String OUT = "--out";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is wrong; the message says what was found and what to write
     */
    static Arguments parse(List<String> words) {
        Path out = Path.of("target", "retainless");
        List<Path> places = new ArrayList<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals(OUT)) {
                if (!rest.hasNext()) {
                    throw new IllegalArgumentException(OUT + " is the last word: write a folder after it");
                }
                out = path(rest.next());
            } else if (word.startsWith("--")) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" is not an option: there are " + OUT + " and " + Main.HELP);
            } else {
                places.add(path(word));
            }
        }
        if (places.isEmpty()) {
            throw new IllegalArgumentException("no folder was given: write those that hold results");
        }
        return new Arguments(out, places);
    }

    private static Path path(String word) {
        try {
            return Path.of(word);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("\"" + word + "\" is not a path: " + wrong.getReason(), wrong);
        }
    }
}
