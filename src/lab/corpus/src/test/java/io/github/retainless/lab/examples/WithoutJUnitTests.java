package io.github.retainless.lab.examples;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.assertj.RetentionSoftAssertions;
import io.github.retainless.examples.plainmain.LeakCheck;
import io.github.retainless.executor.FixedAsyncExecutor;
import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.output.results.RoundsCsv;
import io.github.retainless.testing.ChildJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs that use the library where no jar of JUnit's is on the class path, nor any other that comes with it. */
class WithoutJUnitTests {
    private static final Pattern JUNIT_JARS = Pattern.compile("(junit|opentest4j|apiguardian|jspecify).*\\.jar");

    /** Fails as a program would whose own leak check finds a leak. */
    static final class Leaking {
        private Leaking() {}

        public static void main(String[] arguments) {
            List<Throwable> kept = Collections.synchronizedList(new ArrayList<>());
            RetentionReport report = RetentionExperiment.of(() -> CompletableFuture.runAsync(() -> {
                        throw keptBy(kept);
                    }))
                    .failures(5)
                    .budget(1)
                    .run();

            assertThat(report).doesNotGrow();
        }

        private static IllegalStateException keptBy(List<Throwable> kept) {
            IllegalStateException failure = new IllegalStateException("declined");
            kept.add(failure);
            return failure;
        }
    }

    /** All of the face that the other two leave out. */
    static final class TheRest {
        private TheRest() {}

        public static void main(String[] arguments) {
            ExecutorService executor = FixedAsyncExecutor.fixedPool(2);
            RetentionReport failing = RetentionExperiment.of(() -> {
                        throw new Exception("declined");
                    })
                    .named("failing")
                    .on(executor)
                    .failures(5)
                    .run();
            RetentionReport successTask = RetentionExperiment.of(
                            attempt -> attempt.observe(executor.submit(() -> attempt.track(new byte[1_000]))))
                    .named("successTask")
                    .outside(executor)
                    .expect(Expect.SUCCESS)
                    .failures(5)
                    .run();
            executor.shutdown();

            System.out.println(
                    "JUnit's annotations are " + (isPresent("org.junit.jupiter.api.Test") ? "here" : "missing"));
            System.out.println(
                    "its errors are " + (isPresent("org.opentest4j.AssertionFailedError") ? "here" : "missing"));
            System.out.println(failing);
            System.out.println(successTask);
            System.out.println(RoundsCsv.of(failing).lines().count());
            RetentionSoftAssertions.assertSoftly(softly -> {
                softly.assertThat(failing).releasesEverything().grows();
                softly.assertThat(successTask).isBoundedBy(0, "0 B").grows();
            });
        }

        private static boolean isPresent(String name) {
            try {
                Class.forName(name);
                return true;
            } catch (ClassNotFoundException missing) {
                return false;
            }
        }
    }

    private static ChildJvm.Result run(Class<?> main) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !JUNIT_JARS
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
        return ChildJvm.run(classPath, List.of(), main);
    }

    @Test
    void plainMain_passes_andPrintsBothReports() {
        ChildJvm.Result result = run(LeakCheck.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().replaceAll("JDK .*", "<jvm>"))
                .startsWith(
                        """
                        the repaired dispatcher lets go of the exceptions it throws.

                          round   failures   retained   footprint
                              1        100          0         0 B
                              2        200          0         0 B
                              3        300          0         0 B
                              4        400          0         0 B   RELEASED

                          <jvm>

                        the leaky dispatcher retains the exceptions it throws: 100 of every 100 stay reachable, \
                        """)
                .contains("GROWING")
                .endsWith("  <jvm>\n\n");
    }

    @Test
    void unexpectedGrowth_endsMainWithTheWholeText() {
        ChildJvm.Result result = run(Leaking.class);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("Exception in thread \"main\" java.lang.AssertionError: the task retains the exceptions it"
                        + " throws: 5 of every 5 stay reachable, ")
                .contains("  round   failures   retained   footprint\n", "GROWING");
    }

    @Test
    void everythingElse_isUsable() {
        ChildJvm.Result result = run(TheRest.class);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out().lines())
                .containsExactly(
                        "JUnit's annotations are missing",
                        "its errors are missing",
                        "failing: RELEASED, 0 of 20 retained, 0 B",
                        "successTask: RELEASED, 0 of 20 retained, 0 B",
                        "5");
        assertThat(result.err())
                .contains(
                        "The following 2 assertions failed:",
                        "Expected GROWING, but failing lets go of the exceptions it throws.",
                        "Expected GROWING, but successTask lets go of what it tracks.");
    }
}
