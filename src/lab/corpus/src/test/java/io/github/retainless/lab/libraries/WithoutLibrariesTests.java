package io.github.retainless.lab.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.outcome.AsyncOutcome;
import io.github.retainless.testing.ChildJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SubmissionPublisher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is observed where none of the optional libraries is on the class path, and what is loaded where all are. */
class WithoutLibrariesTests {
    private static final Pattern LIBRARIES =
            Pattern.compile("(reactive-streams|rxjava|mutiny|kotlin|vertx|reactor|netty|guava).*\\.jar");

    /** Observes what the JDK has. */
    static final class JdkOnly {
        private JdkOnly() {}

        public static void main(String[] arguments) {
            report("stage", () -> CompletableFuture.failedFuture(new Exception("declined")));
            report("future", JdkOnly::failedTask);
            report("publisher", JdkOnly::failedPublisher);
            report("text", () -> "charged");
            System.exit(0);
        }

        private static void report(String name, RetentionExperiment.Task task) {
            RetentionReport report = RetentionExperiment.of(task)
                    .named(name)
                    .warmup(1)
                    .failures(5)
                    .rounds(3)
                    .budget(1)
                    .run();
            System.out.println(name + " " + report.verdict() + " " + report.attempts() + " " + report.reason());
        }

        private static Object failedTask() {
            FutureTask<Object> task = new FutureTask<>(() -> {
                throw new Exception("declined");
            });
            task.run();
            return task;
        }

        private static Object failedPublisher() {
            SubmissionPublisher<String> publisher = new SubmissionPublisher<>(Runnable::run, 1);
            publisher.closeExceptionally(new Exception("declined"));
            return publisher;
        }
    }

    private static final String UNKNOWN =
            "attempt 1 cannot observe a java.lang.String: hand over a CompletionStage, a Future, a Publisher (Flow or"
                    + " Reactive Streams), an RxJava 3 Single, Maybe, Completable or Observable, a Mutiny Uni, a Kotlin"
                    + " Deferred or Job, or a Vert.x Future";

    @Test
    void typesOfTheJdk_areObserved_andOthersRefused_withoutTheLibraries() {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !LIBRARIES
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
        ChildJvm.Result result = ChildJvm.run(classPath, List.of(), JdkOnly.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .containsExactly(
                        "stage RELEASED 15 ",
                        "future RELEASED 15 ",
                        "publisher RELEASED 15 ",
                        "text UNDECIDED 0 " + UNKNOWN);
    }

    @Test
    void noLibrary_isLoaded_thoughAllAreThere() {
        ChildJvm.Result result = ChildJvm.run(List.of("-Xlog:class+load"), JdkOnly.class);

        assertThat(result.out())
                .contains("io.github.retainless.internal.outcome.LibraryType ", "text UNDECIDED 0 " + UNKNOWN)
                .doesNotContain(
                        " org.reactivestreams.",
                        " io.reactivex.",
                        " io.smallrye.",
                        " kotlin.",
                        " kotlinx.",
                        " io.vertx.");
    }

    /** Observes what one library has. */
    static final class OneLibrary {
        private OneLibrary() {}

        public static void main(String[] arguments) {
            AsyncOutcome.of(io.smallrye.mutiny.Uni.createFrom().nothing(), "");
        }
    }

    @Test
    void adapterOfOneLibrary_loadsNoOther() {
        ChildJvm.Result result = ChildJvm.run(List.of("-Xlog:class+load"), OneLibrary.class);

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("io.github.retainless.internal.outcome.MutinyTypes ")
                .doesNotContain(
                        "outcome.ReactiveStreamsTypes ",
                        "outcome.RxJavaTypes ",
                        "outcome.KotlinTypes ",
                        "outcome.VertxTypes ",
                        " org.reactivestreams.",
                        " io.reactivex.",
                        " kotlinx.",
                        " io.vertx.");
    }
}
