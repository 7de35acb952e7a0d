package io.github.retainless.internal.text;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a class as a reader wants it: nested classes after a dot, lambdas without their address.
 *
 * @param binary the name as {@link Class#getTypeName} writes it
 */
public record ClassName(String binary) {
    private static final Pattern ADDRESS = Pattern.compile("(\\$\\$Lambda)[$/][^\\[]*|/0x[0-9a-f]+");
    private static final List<String> LIBRARIES = List.of(
            "akka.",
            "ch.qos.logback.",
            "com.fasterxml.",
            "com.github.benmanes.caffeine.",
            "com.google.",
            "com.zaxxer.hikari.",
            "dev.failsafe.",
            "io.github.resilience4j.",
            "io.grpc.",
            "io.micrometer.",
            "io.micronaut.",
            "io.netty.",
            "io.opentelemetry.",
            "io.quarkus.",
            "io.reactivex.",
            "io.smallrye.",
            "io.vertx.",
            "kotlin.",
            "kotlinx.",
            "okhttp3.",
            "org.apache.",
            "org.eclipse.",
            "org.hibernate.",
            "org.jboss.",
            "org.junit.",
            "org.mockito.",
            "org.quartz.",
            "org.slf4j.",
            "org.springframework.",
            "reactor.",
            "scala.");
    private static final Pattern NESTED = Pattern.compile("(?<=[\\p{L}\\p{N}_])\\$(?=\\p{L})");

    /** With its package, such as {@code io.acme.Dispatcher.Call}. */
    public String qualified() {
        String withoutAddress = ADDRESS.matcher(binary).replaceAll("$1");
        return NESTED.matcher(withoutAddress).replaceAll(".");
    }

    /**
     * Without its package, such as {@code Dispatcher.Call}; of one of the JDK's nested classes, without the enclosing
     * ones.
     */
    public String simple() {
        String nested = qualified().substring(packageLength());
        return isJdk() ? nested.substring(nested.lastIndexOf('.') + 1) : nested;
    }

    /** With the first letters of its package only, such as {@code i.a.Dispatcher.Call}. */
    public String abbreviated() {
        String qualified = qualified();
        StringBuilder text = new StringBuilder();
        for (String part : qualified.substring(0, packageLength()).split("\\.")) {
            if (!part.isEmpty()) {
                text.appendCodePoint(part.codePointAt(0)).append('.');
            }
        }
        return text + qualified.substring(packageLength());
    }

    /** Whether it is one of the JDK's own. */
    public boolean isJdk() {
        return binary.startsWith("java.")
                || binary.startsWith("javax.")
                || binary.startsWith("jdk.")
                || binary.startsWith("sun.")
                || binary.startsWith("com.sun.");
    }

    /** Whether it is one of a widely used library's, which nobody can change who only uses that. */
    public boolean isLibrary() {
        return LIBRARIES.stream().anyMatch(binary::startsWith);
    }

    // Before the nested classes get their dots, the last dot ends the package.
    private int packageLength() {
        return ADDRESS.matcher(binary).replaceAll("$1").lastIndexOf('.') + 1;
    }
}
