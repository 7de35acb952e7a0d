package io.github.retainless.internal.capture;

import java.util.List;

/**
 * Which throwables to capture; immutable. Internal to experiments: public only because its users are in other packages.
 */
public final class Selection {
    private final Class<?>[] classes;
    private final String[] packages;

    private Selection(Class<?>[] classes, String[] packages) {
        this.classes = classes;
        this.packages = packages;
    }

    /**
     * Selects throwables by class or by package.
     *
     * @param classes those of these classes and of their subclasses
     * @param packages those whose own class is in one of these packages or in a package below it, such as
     *     {@code com.acme}; the name of one class selects just that class
     * @throws IllegalArgumentException if nothing is selected, or if a name is not that of a Java package
     */
    public static Selection of(List<Class<? extends Throwable>> classes, List<String> packages) {
        if (classes.isEmpty() && packages.isEmpty()) {
            throw new IllegalArgumentException("nothing is selected: name at least one class or package of throwables");
        }
        packages.forEach(Selection::requirePackageName);
        return new Selection(classes.toArray(new Class<?>[0]), packages.toArray(new String[0]));
    }

    private static void requirePackageName(String name) {
        for (String part : name.split("\\.", -1)) {
            if (!isIdentifier(part)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is not the name of a Java package: write it like"
                                + " \"com.acme\", without blanks, wildcards or a dot at the end; packages below it are included");
            }
        }
    }

    private static boolean isIdentifier(String part) {
        return !part.isEmpty()
                && Character.isJavaIdentifierStart(part.codePointAt(0))
                && part.codePoints().allMatch(Character::isJavaIdentifierPart);
    }

    /**
     * Runs in every constructor of every throwable, on any thread and near the end of any stack: it takes no lock and
     * allocates nothing. It needs no cache per class either, which would pin class loaders or lock: this is a fraction
     * of what filling in a stack trace takes.
     */
    boolean matches(Class<?> type) {
        for (Class<?> selected : classes) {
            if (selected.isAssignableFrom(type)) {
                return true;
            }
        }
        return packages.length > 0 && isInPackages(type.getName());
    }

    private boolean isInPackages(String className) {
        for (String selected : packages) {
            if (className.startsWith(selected)
                    && (className.length() == selected.length() || className.charAt(selected.length()) == '.')) {
                return true;
            }
        }
        return false;
    }
}
