package io.github.retainless.internal.outcome;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The test class path again, so that some of its classes come from a class loader of their own. */
final class TestClassLoader extends URLClassLoader {
    private final Predicate<String> own;
    private final Predicate<String> hidden;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /**
     * @param services where {@code META-INF/services} may be
     * @param own the names of classes that this class loader defines itself
     * @param hidden the names of classes that it does not find
     */
    TestClassLoader(Path services, Predicate<String> own, Predicate<String> hidden) {
        super(urls(services), TestClassLoader.class.getClassLoader());
        this.own = own;
        this.hidden = hidden;
    }

    /** The names of the classes that it has been asked for. */
    Set<String> asked() {
        return asked;
    }

    /** Registers adapters in a directory. */
    static Path register(Path directory, String... adapters) {
        try {
            Path file = directory.resolve("META-INF/services/io.github.retainless.experiment.AsyncAdapter");
            Files.createDirectories(file.getParent());
            Files.writeString(file, String.join("\n", adapters));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL[] urls(Path services) {
        Stream<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
        return Stream.concat(Stream.of(services), classPath)
                .map(TestClassLoader::url)
                .toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        asked.add(name);
        if (hidden.test(name)) {
            throw new ClassNotFoundException(name);
        }
        synchronized (getClassLoadingLock(name)) {
            if (!own.test(name)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
