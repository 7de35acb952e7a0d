package io.github.retainless;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.output.ci.CiReports;
import io.github.retainless.internal.output.page.FolderPage;
import io.github.retainless.internal.output.page.HtmlPage;
import io.github.retainless.internal.output.results.Origin;
import io.github.retainless.internal.output.results.ResultsFile;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.output.results.TestResult;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what the tests of a launch find out in a file, and makes a page of all such files beside it when the launch
 * ends.
 */
// Up to Jupiter 5.12 a store closes only its own kind of resources, later also what is AutoCloseable.
final class ResultsRecorder implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.github.retainless");
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ResultsRecorder.class);

    /** A JVM may be launched in more than once; its file goes on. */
    private static final Map<Path, ResultsFile> FILES = new ConcurrentHashMap<>();

    private final Path folder;
    private final ResultsFile results;
    private final CiReports ci = CiReports.of(System::getenv);

    private ResultsRecorder(Path folder, @Nullable Shard shard) {
        this.folder = folder;
        this.results = FILES.computeIfAbsent(
                folder.toAbsolutePath().normalize(), absolute -> new ResultsFile(folder, Origin.ofThisJvm(shard)));
    }

    /** The one of a launch, for a folder. */
    static ResultsRecorder of(ExtensionContext context, Path folder) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        folder, key -> new ResultsRecorder(folder, shard(context)), ResultsRecorder.class);
    }

    private static @Nullable Shard shard(ExtensionContext context) {
        return Configuration.find(ConfigurationKeys.SHARD, context).orElseGet(() -> Shard.ofBuild(System.getenv()));
    }

    /** Where a reader finds a test once the page is written. */
    String link(String id) {
        return folder.resolve(FolderPage.NAME).toString().replace('\\', '/') + "#" + HtmlPage.anchor(id);
    }

    void add(TestResult result) throws IOException {
        results.add(result);
        synchronized (this) {
            ci.add(result);
        }
    }

    /** Whoever has interrupted this thread meant a test, and not what is told of all of them. */
    @Override
    public synchronized void close() {
        boolean interrupted = Thread.interrupted();
        attempt("The page of " + folder, () -> FolderPage.write(folder, ci::addOfJob));
        attempt("Not all that the build server asks for", () -> ci.finish(folder, System.out));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The verdicts have been given; nothing may change them any more. */
    private static void attempt(String what, Writing writing) {
        try {
            writing.write();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError unwritable) {
            LOG.log(Level.WARNING, what + " was not written: " + unwritable);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }
}
