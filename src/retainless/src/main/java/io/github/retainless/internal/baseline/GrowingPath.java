package io.github.retainless.internal.baseline;

import java.util.List;

/**
 * A path on which failures pile up.
 *
 * @param path its steps in words that are the same in each run, then the class of the failures
 * @param bytesPerFailure how much stays for each attempt that was made
 */
record GrowingPath(List<String> path, long bytesPerFailure) {
    GrowingPath {
        path = List.copyOf(path);
    }

    /**
     * What identifies it. Without the class of the failures: of several that are held in the same way it is the most
     * frequent, and by turns that may be another.
     */
    List<String> holders() {
        return holders(path);
    }

    static List<String> holders(List<String> path) {
        return path.subList(0, path.size() - 1);
    }
}
