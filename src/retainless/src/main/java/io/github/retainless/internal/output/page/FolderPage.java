package io.github.retainless.internal.output.page;

import io.github.retainless.internal.output.results.AtomicFile;
import io.github.retainless.internal.output.results.MergedResults;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.output.results.WorstResults;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The page of a folder that JVMs write their results to, beside these. The newest result of each test counts, and files
 * of which nothing counts any more are deleted.
 */
public final class FolderPage {
    /** The name of its file. */
    public static final String NAME = "index.html";

    private static final String LOCK = ".page.lock";

    private FolderPage() {}

    /** Writes it, in place of one that is there; one JVM after the other, so that the last one has all. */
    public static Path write(Path folder) throws IOException {
        return write(folder, result -> {});
    }

    /**
     * The same.
     *
     * @param also takes what counts, too
     * @return the file
     */
    public static synchronized Path write(Path folder, Consumer<TestResult> also) throws IOException {
        // Closing it gives up the lock.
        try (FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            MergedResults results = MergedResults.inFolder(folder);
            WorstResults worst = new WorstResults(HtmlPage.MOST_ROWS);
            results.forEach(folder, also.andThen(worst::add));
            Path page = folder.resolve(NAME);
            new HtmlPage(worst, results.damages()).write(page);
            for (Path file : results.superseded()) {
                Files.deleteIfExists(file);
            }
            AtomicFile.deleteAbandonedBeside(page);
            return page;
        }
    }
}
