package io.github.retainless.lab.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads a library at a version that the class path has not, and with it a copy of the enum whose code calls it.
 * Everything else comes from the class path.
 */
final class Isolation extends URLClassLoader {
    /** Beside the classes of this module. */
    private static final Path JARS = pathOf(Isolation.class).resolveSibling("corpus");

    private final String subject;

    private Isolation(Class<?> subject, URL[] jars) {
        super("corpus", jars, subject.getClassLoader());
        this.subject = subject.getName();
    }

    /**
     * The constant of the same name in a copy of its enum that has the library's version; itself if the class path has
     * that.
     */
    static CorpusSubject copyOf(CorpusSubject subject, Scope scope) throws ClassNotFoundException {
        Library library = subject.entry().library();
        if (!library.isIsolated()) {
            return subject;
        }
        URL[] jars = library.jars().stream().map(Isolation::url).toArray(URL[]::new);
        Class<?> original = ((Enum<?>) subject).getDeclaringClass();
        Isolation loader = scope.closing(new Isolation(original, jars));
        for (Object copy : loader.loadClass(original.getName()).getEnumConstants()) {
            if (((CorpusSubject) copy).name().equals(subject.name())) {
                return (CorpusSubject) copy;
            }
        }
        throw new IllegalStateException(subject + " has no copy");
    }

    private static URL url(String jar) {
        Path path = JARS.resolve(jar);
        if (!Files.isRegularFile(path)) {
            throw new IllegalStateException(path + " is missing. The maven-dependency-plugin of the lab"
                    + " copies it in the phase generate-resources; add it to the list in src/lab/pom.xml.");
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The jar or folder a class came from. */
    static Path pathOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.equals(subject) || name.startsWith(subject + "$")) {
                return copy(name);
            }
            return findResource(file(name)) == null ? super.loadClass(name, resolve) : findClass(name);
        }
    }

    private Class<?> copy(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(file(name))) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private static String file(String className) {
        return className.replace('.', '/') + ".class";
    }
}
