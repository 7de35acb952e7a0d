package io.github.retainless.lab.peers;

/** Class names as {@link Group} writes them. */
final class Names {
    private Names() {}

    /** Without the package, and of a lambda's class without what differs from run to run. */
    static String simple(String className) {
        int lambda = className.indexOf("$$Lambda");
        String name = lambda < 0 ? className : className.substring(0, lambda + "$$Lambda".length());
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
