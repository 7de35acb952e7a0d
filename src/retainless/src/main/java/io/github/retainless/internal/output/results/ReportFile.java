package io.github.retainless.internal.output.results;

import java.nio.file.Path;

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
        return folder.resolve(task.replaceAll("[^\\p{L}\\p{N}._$-]", "_") + ending);
    }
}
