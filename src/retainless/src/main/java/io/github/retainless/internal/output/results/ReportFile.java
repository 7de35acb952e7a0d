package io.github.retainless.internal.output.results;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** The names of the files about a task. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * A file about a task.
     *
     * @param folder where it is
     * @param task the task's name; characters that are not safe in file names are replaced
     * @param ending what it is, such as {@code .csv}
     */
    public static Path in(Path folder, String task, String ending) {
        return folder.resolve(name(task, ReportFile::isPath) + ending);
    }

    /**
     * The name without its ending. Where the file system cannot encode it, as with the C locale, a hash tells apart
     * what the replaced characters did.
     */
    static String name(String task, Predicate<String> isPath) {
        String safe = task.replaceAll("[^\\p{L}\\p{N}._$-]", "_");
        return isPath.test(safe)
                ? safe
                : safe.replaceAll("[^\\p{ASCII}]", "_") + "-" + Integer.toHexString(task.hashCode());
    }

    private static boolean isPath(String name) {
        try {
            return !Path.of(name).toString().isEmpty();
        } catch (InvalidPathException ignored) {
            return false;
        }
    }
}
