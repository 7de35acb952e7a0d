package io.github.retainless.lab.corpus;

import java.util.List;

/**
 * A library at a version.
 *
 * @param from a class of its main jar, whose file name ends in the version
 * @param jars file names of its jars in {@code target/corpus}; none if the test class path has it at this version
 */
public record Library(String name, String version, Class<?> from, List<String> jars) {
    public static final Library JDK = new Library("JDK", "", Object.class, List.of());

    /** One on the test class path. */
    public static Library of(String name, String version, Class<?> from) {
        return new Library(name, version, from, List.of());
    }

    /** One at another version, with what it needs that the class path lacks. */
    public static Library isolated(String name, String version, Class<?> from, String... jars) {
        return new Library(name, version, from, List.of(jars));
    }

    boolean isIsolated() {
        return !jars.isEmpty();
    }

    /** Such as {@code Failsafe 3.3.0}. */
    @Override
    public String toString() {
        return (name + " " + version).trim();
    }
}
