package io.github.retainless.lab.selfcheck;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The test class path once more, to be thrown away after use. */
final class ThrowAwayLoader extends URLClassLoader {
    /** Which classes are loaded anew; all others come from the class path as usual. */
    enum Extent {
        /** The test classes, as a build tool does that reloads them. */
        TESTS,
        /**
         * All that is not the JDK's. With JUnit as it is, the library could not be thrown away: a static cache of
         * JUnit's holds every annotation that it meets on a test.
         */
        EVERYTHING
    }

    /** What the fixtures need, since searching a hundred jars takes longer than running them. */
    private static final Pattern JARS =
            Pattern.compile("(retainless|junit|opentest4j|assertj|awaitility|hamcrest|jol|gson|jte|byte-buddy).*");

    private final Extent extent;

    ThrowAwayLoader(Extent extent) {
        super(
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> Files.isDirectory(path)
                                || JARS.matcher(path.getFileName().toString()).matches())
                        .map(ThrowAwayLoader::url)
                        .toArray(URL[]::new),
                parent(extent));
        this.extent = extent;
    }

    private static @Nullable ClassLoader parent(Extent extent) {
        return extent == Extent.EVERYTHING
                ? ClassLoader.getPlatformClassLoader()
                : ThrowAwayLoader.class.getClassLoader();
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (extent == Extent.EVERYTHING || !isAnew(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private static boolean isAnew(String name) {
        return name.startsWith(Fixtures.class.getName()) || JdkCaches.isAnew(name);
    }
}
