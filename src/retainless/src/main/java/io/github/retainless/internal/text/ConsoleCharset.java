package io.github.retainless.internal.text;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * In which charset what is printed arrives. A JVM that Surefire or Gradle forked has no console: it sends its text to
 * the build in UTF-8, and the build prints it in the locale's charset, so that charset decides there.
 */
final class ConsoleCharset {
    // The first since JDK 19; IDEs set it, or the second, to what their console reads. Older JDKs know the second if
    // there is a console.
    private static final List<String> PROPERTIES =
            List.of("stdout.encoding", "sun.stdout.encoding", "native.encoding", "file.encoding");

    private ConsoleCharset() {}

    static Charset current() {
        return of(System::getProperty);
    }

    static Charset of(UnaryOperator<@Nullable String> properties) {
        for (String property : PROPERTIES) {
            String name = properties.apply(property);
            if (name != null) {
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException ignored) {
                    // The next one may tell.
                    continue;
                }
            }
        }
        return Charset.defaultCharset();
    }
}
