package io.github.retainless.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What programs without JUnit use needs none of its classes. WithoutJUnitTests of the lab runs such programs. */
class JUnitDependentsTests {
    /** All packages but the root and the contracts. */
    private static final Pattern PROGRAMMATIC =
            Pattern.compile("io\\.github\\.retainless\\.(?!contract\\.)[a-z]+\\..*");

    @Test
    void noClass_refersToJUnit_orToAClassThatDoes() {
        List<String> face = dependents("(org\\.junit|org\\.opentest4j|org\\.apiguardian)\\..*");

        assertThat(face).contains("io.github.retainless.RetentionExtension").noneMatch(PROGRAMMATIC.asMatchPredicate());
        assertThat(dependents(face.stream().map(Pattern::quote).collect(Collectors.joining("|"))))
                .contains("io.github.retainless.Configuration")
                .noneMatch(PROGRAMMATIC.asMatchPredicate());
    }

    /** The classes that refer to a class whose name matches. */
    private static List<String> dependents(String names) {
        StringWriter out = new StringWriter();
        int exitCode = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out, true),
                        new PrintWriter(out, true),
                        "-verbose:class",
                        "-filter:none",
                        "-regex",
                        names,
                        mainClasses());
        assertThat(exitCode).as(out::toString).isZero();
        return Pattern.compile("(?m)^ +(\\S+) +-> ")
                .matcher(out.toString())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static String mainClasses() {
        URL location =
                RetentionExperiment.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString())).toString();
    }
}
