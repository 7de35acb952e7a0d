package io.github.retainless;

import io.github.retainless.page.FolderPage;
import io.github.retainless.page.HtmlPage;
import io.github.retainless.results.Origin;
import io.github.retainless.results.ResultsFile;
import io.github.retainless.results.Shard;
import io.github.retainless.results.TestResult;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what the tests of a launch find out in a file, and makes a page of all such files beside it when the launch ends. */
// Up to Jupiter 5.12 a store closes only its own kind of resources, later also what is AutoCloseable.
final class ResultsRecorder implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("io.github.retainless");
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ResultsRecorder.class);

    /** A JVM may be launched in more than once; its file goes on. */
    private static final Map<Path, ResultsFile> FILES = new ConcurrentHashMap<>();

    static final String SHARD = "retainless.shard";

    private final Path folder;
    private final ResultsFile results;

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
        String text = context.getConfigurationParameter(SHARD).orElse("");
        if (!text.isBlank()) {
            try {
                return Shard.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new ExtensionConfigurationException(
                        "configuration parameter " + SHARD + ": " + wrong.getMessage());
            }
        }
        return Shard.ofBuild(System.getenv());
    }

    /** Where a reader finds a test once the page is written. */
    String link(String id) {
        return folder.resolve(FolderPage.NAME).toString().replace('\\', '/') + "#" + HtmlPage.anchor(id);
    }

    void add(TestResult result) throws IOException {
        results.add(result);
    }

    @Override
    public void close() {
        try {
            FolderPage.write(folder);
        } catch (IOException | RuntimeException unwritable) {
            // The verdicts have been given; nothing may change them any more.
            LOG.log(Level.WARNING, () -> folder.resolve(FolderPage.NAME) + " was not written: " + unwritable);
        }
    }
}
