package io.github.retainless.internal.output.ci;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds tests in the source files of the working directory, and of the modules of the repository. */
final class Sources {
    /** How far below the root a module may be. */
    private static final int DEPTH_OF_MODULES = 4;

    private static final long MOST_BYTES = 4 << 20;
    private static final List<String> LANGUAGES = List.of("java", "kotlin", "groovy");
    private static final List<String> ENDINGS = List.of(".java", ".kt", ".groovy");
    private static final Pattern CLASS_NAME =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*(\\.[\\p{L}_][\\p{L}\\p{N}_$]*)*");

    private final Path workingDirectory;
    private final Path root;
    private @Nullable List<Path> folders;

    /**
     * The sources of a repository.
     *
     * @param workingDirectory that of the tests, which is their module with Maven and Gradle
     * @param root the root of the repository, which paths start from
     */
    Sources(Path workingDirectory, Path root) {
        this.workingDirectory = real(workingDirectory);
        this.root = real(root);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException | SecurityException ignored) {
            // The path is used as it is.
            return path.toAbsolutePath().normalize();
        }
    }

    /** Where a test is declared: its method, or else its class; empty if there is no such file in the repository. */
    Optional<SourceLocation> find(String className, String test) {
        if (!CLASS_NAME.matcher(className).matches()) {
            return Optional.empty();
        }
        // A class name may have a $ of its own; then the file is not found.
        String[] nested = className.split("\\$");
        String file = nested[0].replace('.', '/');
        return folders().stream()
                .flatMap(folder -> ENDINGS.stream().map(ending -> folder.resolve(file + ending)))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(found -> new SourceLocation(
                        root.relativize(found).toString().replace('\\', '/'), line(found, nested, test)));
    }

    /** Those of the working directory first. */
    private List<Path> folders() {
        List<Path> known = folders;
        if (known == null) {
            known = Stream.concat(sourceFolders(workingDirectory), modules().flatMap(Sources::sourceFolders))
                    .filter(folder -> folder.startsWith(root))
                    .distinct()
                    .toList();
            folders = known;
        }
        return known;
    }

    private Stream<Path> modules() {
        List<Path> modules = new ArrayList<>();
        addModules(root, DEPTH_OF_MODULES, modules);
        return modules.stream();
    }

    /** Not by a walk of the JDK's, which ends at the first folder that can't be read. */
    private static void addModules(Path folder, int depth, List<Path> modules) {
        modules.add(folder);
        if (depth > 0) {
            children(folder, Sources::mayHaveModules).forEach(child -> addModules(child, depth - 1, modules));
        }
    }

    private static boolean mayHaveModules(Path folder) {
        String name = String.valueOf(folder.getFileName());
        return !name.startsWith(".")
                && !List.of("src", "target", "build", "out", "bin", "node_modules")
                        .contains(name)
                && !Files.isSymbolicLink(folder);
    }

    /** {@code src/test/java} and its like, {@code src/main} apart. */
    private static Stream<Path> sourceFolders(Path module) {
        return children(module.resolve("src"), folder -> !folder.endsWith("main")).stream()
                .sorted(Comparator.comparing(folder -> !folder.endsWith("test")))
                .flatMap(sources -> LANGUAGES.stream().map(sources::resolve))
                .filter(Files::isDirectory);
    }

    private static List<Path> children(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).filter(wanted).sorted().toList();
        } catch (IOException | UncheckedIOException | SecurityException ignored) {
            // There are no sources to be found.
            return List.of();
        }
    }

    private static int line(Path file, String[] classes, String test) {
        List<String> lines;
        try {
            if (Files.size(file) > MOST_BYTES) {
                return 1;
            }
            lines = new String(Files.readAllBytes(file), UTF_8).lines().toList();
        } catch (IOException | SecurityException ignored) {
            return 1;
        }
        String top = classes[0].substring(classes[0].lastIndexOf('.') + 1);
        int declared = 0;
        for (String name :
                Stream.concat(Stream.of(top), Arrays.stream(classes).skip(1)).toList()) {
            declared = firstFrom(
                            declared,
                            lines,
                            "\\b(class|interface|object|record|enum)\\s+" + Pattern.quote(name) + "\\b")
                    .orElse(declared);
        }
        String method = test.replaceFirst("(?s)\\(.*", "");
        return method.isEmpty()
                ? declared + 1
                : firstFrom(
                                        declared,
                                        lines,
                                        "\\b(void|def|fun)\\s+(<[^>]*>\\s*)?[`\"']?" + Pattern.quote(method)
                                                + "[`\"']?\\s*\\(")
                                .orElse(declared)
                        + 1;
    }

    private static Optional<Integer> firstFrom(int start, List<String> lines, String declaration) {
        Pattern pattern = Pattern.compile(declaration, Pattern.UNICODE_CHARACTER_CLASS);
        return IntStream.range(start, lines.size())
                .filter(i -> !isComment(lines.get(i))
                        && pattern.matcher(lines.get(i)).find())
                .boxed()
                .findFirst();
    }

    private static boolean isComment(String line) {
        String start = line.stripLeading();
        return start.startsWith("*") || start.startsWith("/");
    }
}
