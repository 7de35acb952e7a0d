package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.testing.Slow;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult.Status;

class RetentionExtensionReportTests {
    @TempDir
    Path folder;

    @Test
    void eachTask_writesARowPerRound() throws IOException {
        Launch.with(
                        ConfigurationKeys.REPORT_DIRECTORY.name(),
                        folder.resolve("new/reports").toString(),
                        TasksTestCases.class)
                .tests()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        String name = TasksTestCases.class.getName();
        assertThat(files(folder.resolve("new/reports")))
                .containsExactlyInAnyOrder(name + ".successTask.csv", name + "$Inner.keepsTheFirst.csv");
        // The JVM itself may keep the newest object for a while. Then two more rounds show that nobody else does.
        assertThat(rows(name + ".successTask.csv"))
                .hasSizeBetween(3, 5)
                .allMatch(row -> row.matches("\\d,\\d+,(0,0,0|1,\\d+,1),false"))
                .first()
                .asString()
                .startsWith("1,5,");
        assertThat(rows(name + "$Inner.keepsTheFirst.csv"))
                .allMatch(row -> row.matches("\\d,\\d+,1,[1-9]\\d*,[1-9]\\d*,false"))
                .hasSize(3);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".csv"))
                    .toList();
        }
    }

    /** The rows without the number of collections and the time they took. */
    private List<String> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("new/reports").resolve(file));
        assertThat(lines.get(0))
                .isEqualTo("round,failures,retained,footprint_bytes,footprint_objects,footprint_truncated,collections,"
                        + "elapsed_ms");
        return lines.stream()
                .skip(1)
                .map(line -> line.replaceAll(",\\d+,\\d+$", ""))
                .toList();
    }

    @Quick
    static class TasksTestCases {
        @AsyncTask(expect = Expect.SUCCESS)
        void successTask(Attempt attempt) {
            attempt.track(new Object());
        }

        @Nested
        class Inner {
            private Object first;

            @AsyncTask(expect = Expect.SUCCESS)
            void keepsTheFirst(Attempt attempt) {
                Object tracked = attempt.track(new Object());
                if (attempt.number() == 4) {
                    first = tracked;
                }
                assertThat(first == null || attempt.number() >= 4).isTrue();
            }
        }
    }

    @Test
    void overloadedTasks_writeAFileEach() throws IOException {
        Launch.with(ConfigurationKeys.REPORT_DIRECTORY.name(), folder.toString(), OverloadedTestCases.class)
                .tests()
                .assertStatistics(stats -> stats.started(3).succeeded(3));
        String name = OverloadedTestCases.class.getName();
        assertThat(files(folder))
                .containsExactlyInAnyOrder(
                        name + ".charge.csv",
                        name + ".charge-io.github.retainless.experiment.Attempt.csv",
                        name + ".refund.csv");
    }

    @Quick
    static class OverloadedTestCases {
        @AsyncTask
        void charge() {
            throw new IllegalStateException("declined");
        }

        @AsyncTask
        void charge(Attempt attempt) {
            attempt.track(new IllegalStateException("declined"));
        }

        @AsyncTask
        void refund(Attempt attempt) {
            attempt.track(new IllegalStateException("declined"));
        }
    }

    @Test
    void eachHeirOfANestedClass_writesAFile() throws IOException {
        Launch.with(
                        ConfigurationKeys.REPORT_DIRECTORY.name(),
                        folder.toString(),
                        FirstHeirTestCases.class,
                        SecondHeirTestCases.class)
                .tests()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        String inherited = "-" + WithNested.class.getName() + "$Middle$Inner.charge.csv";
        assertThat(files(folder))
                .containsExactlyInAnyOrder(
                        FirstHeirTestCases.class.getName() + inherited,
                        SecondHeirTestCases.class.getName() + inherited);
    }

    abstract static class WithNested {
        @Nested
        class Middle {
            @Nested
            class Inner {
                @AsyncTask
                void charge() {
                    throw new IllegalStateException("declined");
                }
            }
        }
    }

    @Quick
    static class FirstHeirTestCases extends WithNested {}

    @Quick
    static class SecondHeirTestCases extends WithNested {}

    @Test
    void eachInvocationOfAParameterizedClass_writesAFile() throws IOException {
        Class<?> fixture = parameterized(CardTestCases.class);
        Launch.with(ConfigurationKeys.REPORT_DIRECTORY.name(), folder.toString(), fixture)
                .tests()
                .assertStatistics(stats -> stats.started(2).succeeded(2));
        assertThat(files(folder))
                .containsExactlyInAnyOrder(fixture.getName() + ".charge-1.csv", fixture.getName() + ".charge-2.csv");
    }

    /** The annotation is newer than the oldest Jupiter, against which this is compiled. */
    private static Class<?> parameterized(Class<?> fixture) throws IOException {
        Class<? extends Annotation> annotation = ReflectionSupport.tryToLoadClass(
                        "org.junit.jupiter.params.ParameterizedClass")
                .toOptional()
                .<Class<? extends Annotation>>map(found -> found.asSubclass(Annotation.class))
                .orElseGet(() -> abort("no @ParameterizedClass in this Jupiter"));
        try (DynamicType.Unloaded<?> made = new ByteBuddy()
                .subclass(fixture)
                .name(fixture.getPackageName() + ".ParameterizedCardTestCases")
                .annotateType(
                        AnnotationDescription.Builder.ofType(annotation).build(),
                        AnnotationDescription.Builder.ofType(ValueSource.class)
                                .defineArray("ints", 1, 2)
                                .build())
                .make()) {
            return made.load(fixture.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
                    .getLoaded();
        }
    }

    @Quick
    static class CardTestCases {
        private final int card;

        CardTestCases(int card) {
            this.card = card;
        }

        @AsyncTask
        void charge() {
            throw new IllegalStateException("declined: " + card);
        }
    }

    @Test
    void figures_arePublished() {
        Launch launch = Launch.of(TasksTestCases.class);
        assertThat(launch.entries("successTask"))
                .containsEntry("retainless.task", "successTask()")
                .containsEntry("retainless.verdict", "RELEASED")
                .containsEntry("retainless.attempts", "15")
                .containsEntry("retainless.retained", "0")
                .containsEntry("retainless.footprintBytes", "0")
                .containsEntry("retainless.bytesPerFailure", "0")
                .hasSize(6);
        assertThat(launch.entries("keepsTheFirst"))
                .containsEntry("retainless.verdict", "BOUNDED")
                .containsEntry("retainless.retained", "1");
    }

    @Slow("dumps the heap in nearly every test")
    @Test
    void unwritableFolder_isSaidAndChangesNoVerdict() throws IOException {
        Path file = Files.createFile(folder.resolve("in-its-place"));
        Launch launch = Launch.with(ConfigurationKeys.REPORT_DIRECTORY.name(), file.toString(), BoundedTestCases.class);
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.message("tooMany"))
                .startsWith("tooMany() retains up to 1 of what it tracks; at most 0 may be.\n")
                .endsWith("\n\n  <jvm> Report: not written, java.nio.file.FileAlreadyExistsException: " + file);
    }

    @Slow("dumps the heap in nearly every test")
    @Test
    void impossibleFolder_isSaidAndChangesNoVerdict() {
        Launch launch = Launch.with(ConfigurationKeys.REPORT_DIRECTORY.name(), "\0", BoundedTestCases.class);
        assertThat(launch.status("allowed")).isEqualTo(Status.SUCCESSFUL);
        assertThat(launch.message("tooMany")).contains("Report: not written, java.nio.file.InvalidPathException: ");
    }

    @Quick
    static class BoundedTestCases {
        private final Object[] last = new Object[1];

        @AsyncTask(expect = Expect.SUCCESS)
        void allowed(Attempt attempt) {
            last[0] = attempt.track(new Object());
        }

        @AsyncTask(expect = Expect.SUCCESS)
        @NoExceptionRetention(maxRetained = 0)
        void tooMany(Attempt attempt) {
            last[0] = attempt.track(new Object());
        }
    }
}
