package io.github.retainless.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.retainless.experiment.RetentionExperiment.Action;
import io.github.retainless.experiment.RetentionExperiment.AttemptTask;
import io.github.retainless.experiment.RetentionExperiment.Task;
import io.github.retainless.internal.heap.CurrentJvm;
import io.github.retainless.testing.Slow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionExperimentTests {
    private static RetentionReport run(RetentionExperiment experiment) {
        return experiment.failures(5).rounds(3).warmup(2).budget(1).run();
    }

    private static void fail() {
        throw new IllegalStateException("declined");
    }

    private static void failWithAChecked() throws Exception {
        throw new Exception("declined");
    }

    private static CompletableFuture<Void> failLater() {
        return CompletableFuture.runAsync(RetentionExperimentTests::fail);
    }

    private static void failLater(Attempt attempt) {
        attempt.observe(CompletableFuture.runAsync(RetentionExperimentTests::fail));
    }

    private static Arguments form(String name, RetentionExperiment experiment) {
        return arguments(name, experiment);
    }

    /** All of these must compile without a cast. */
    static Stream<Arguments> failing() {
        Callable<Object> callable = () -> {
            throw new Exception("declined");
        };
        Supplier<CompletableFuture<Void>> supplier = () -> failLater();
        Executor direct = Runnable::run;
        return Stream.of(
                form("throws", RetentionExperiment.of(() -> {
                    throw new IllegalStateException("declined");
                })),
                form("throws a checked one", RetentionExperiment.of(() -> {
                    throw new Exception("declined");
                })),
                form("returns or throws", RetentionExperiment.of(() -> {
                    if (callable != null) {
                        throw new Exception("declined");
                    }
                    return null;
                })),
                form("wraps", RetentionExperiment.of(() -> {
                    try {
                        failWithAChecked();
                    } catch (Exception cause) {
                        throw new IllegalStateException(cause);
                    }
                })),
                form("calls", RetentionExperiment.of(() -> fail())),
                form("calls what has a checked one", RetentionExperiment.of(() -> failWithAChecked())),
                form("returns a future", RetentionExperiment.of(() -> failLater())),
                form("executes", RetentionExperiment.of(() -> direct.execute(RetentionExperimentTests::fail))),
                form("a void method", RetentionExperiment.of(RetentionExperimentTests::fail)),
                form(
                        "a void method with a checked one",
                        RetentionExperiment.of(RetentionExperimentTests::failWithAChecked)),
                form("a callable", RetentionExperiment.of(callable::call)),
                form("a supplier of a future", RetentionExperiment.of(supplier::get)),
                form("takes its attempt and throws", RetentionExperiment.of(attempt -> {
                    throw new Exception("declined");
                })),
                form("observes", RetentionExperiment.of(attempt -> attempt.observe(failLater()))),
                form("tracks", RetentionExperiment.of(attempt -> attempt.track(new Exception("swallowed")))),
                form("a method of the attempt", RetentionExperiment.of(attempt -> failLater(attempt))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failing")
    void task_ofAnyForm_fails(String form, RetentionExperiment experiment) {
        RetentionReport report = run(experiment);

        assertThat(report.verdict()).as(form).isEqualTo(Verdict.RELEASED);
        assertThat(report.attempts()).isEqualTo(15);
    }

    private static final String CANNOT_OBSERVE_A_STRING =
            "attempt 1 cannot observe a java.lang.String: hand over a CompletionStage, a Future, a Publisher (Flow or"
                    + " Reactive Streams), an RxJava 3 Single, Maybe, Completable or Observable, a Mutiny Uni, a Kotlin"
                    + " Deferred or Job, or a Vert.x Future";
    private static final String ADAPT_IT =
            " For any other async type implement io.github.retainless.experiment.AsyncAdapter and name the class in"
                    + " META-INF/services/io.github.retainless.experiment.AsyncAdapter.";

    static Stream<Arguments> notFailing() {
        return Stream.of(
                arguments(
                        RetentionExperiment.of(() -> {}),
                        "none of 2 attempts failed",
                        "Let the task throw, or hand what fails to its Attempt with observe(..) or track(..)."),
                arguments(
                        RetentionExperiment.of(() -> null),
                        "none of 2 attempts failed",
                        "Let the task throw, or hand what fails to its Attempt with observe(..) or track(..)."),
                arguments(
                        RetentionExperiment.of(() -> "charged"),
                        CANNOT_OBSERVE_A_STRING,
                        "The task returned it: let the task throw, or return an outcome or nothing." + ADAPT_IT),
                arguments(
                        RetentionExperiment.of(attempt -> attempt.observe("charged")),
                        CANNOT_OBSERVE_A_STRING,
                        "Observe what the asynchronous call returns, or track(..) its exception." + ADAPT_IT),
                arguments(
                        RetentionExperiment.of(attempt -> failLater()).timeout("200 ms"),
                        "attempt 1 neither threw, nor observed an outcome, nor tracked a Throwable within 200 ms",
                        "Throw, hand over the outcome with observe(..), or the swallowed exception with track(..)."));
    }

    @ParameterizedTest
    @MethodSource("notFailing")
    void taskThatDoesNotFail_provesNothing(RetentionExperiment experiment, String reason, String remedy) {
        RetentionReport report = run(experiment);

        assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(report.reason()).isEqualTo(reason);
        assertThat(report.remedy()).isEqualTo(remedy);
    }

    @Slow("dumps the heap")
    @Test
    void report_ofALeak_hasAllFigures() {
        List<Throwable> kept = Collections.synchronizedList(new ArrayList<>());
        RetentionExperiment experiment = RetentionExperiment.of(() -> {
                    IllegalStateException failure = new IllegalStateException("declined");
                    kept.add(failure);
                    throw failure;
                })
                .named("charge");
        Instant before = Instant.now();

        RetentionReport report = run(experiment);

        assertThat(report.name()).isEqualTo("charge");
        assertThat(report.verdict()).isEqualTo(Verdict.GROWING);
        assertThat(report.retained()).isEqualTo(report.attempts()).isGreaterThanOrEqualTo(32);
        assertThat(report.rounds())
                .hasSizeGreaterThan(3)
                .allSatisfy(RetentionExperimentTests::assertThatAllAreRetained);
        assertThat(report.rounds().get(2).cohorts()).containsExactly(5, 5, 5);
        assertThat(report.bytesPerFailure()).isPositive();
        assertThat(report.settings().attempts()).isEqualTo(5);
        assertThat(report.jvm()).isEqualTo(CurrentJvm.describe()).hasNoNullFieldsOrProperties();
        assertThat(report.proof()).isNotEmpty();
        assertThat(report.began()).isBetween(before, Instant.now());
        assertThat(report.took())
                .isBetween(
                        report.last().elapsed(),
                        Duration.between(before, Instant.now()).plusSeconds(1));
    }

    private static void assertThatAllAreRetained(Round round) {
        assertThat(round.retained()).isEqualTo(round.attempts());
        assertThat(round.cohorts().stream().mapToLong(Integer::longValue).sum()).isEqualTo(round.retained());
        assertThat(round.footprint().bytes()).isPositive();
        assertThat(round.footprint().objects()).isGreaterThanOrEqualTo(round.retained());
        assertThat(round.collections()).isPositive();
        assertThat(round.elapsed()).isPositive();
    }

    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        final byte[] payload = new byte[65_536];
    }

    /** Asks each failure for its stack trace, as logging does, and only then lets its caller have it. */
    private static final class LoggingExecutor extends ThreadPoolExecutor {
        LoggingExecutor() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public <T> Future<T> submit(Callable<T> task) {
            return super.submit(() -> {
                try {
                    return task.call();
                } catch (Exception failure) {
                    assertThat(failure.getStackTrace()).isNotEmpty();
                    throw failure;
                }
            });
        }
    }

    @Test
    void failures_areWeighedBeforeWhoeverGetsThemLogsThem() {
        ExecutorService logging = new LoggingExecutor();
        try {
            RetentionReport report = run(RetentionExperiment.of(() -> {
                        throw new Declined();
                    })
                    .on(logging)
                    .weighFailures());

            assertThat(report.verdict()).isEqualTo(Verdict.RELEASED);
            assertThat(report.failureWeights().seen()).isEqualTo(17);
            assertThat(report.failureWeights().weighed()).isEqualTo(17);
            assertThat(report.failureWeights().most()).isBetween(65_552L, 70_000L);
            assertThat(report.failureWeights().heaviest().parts())
                    .extracting(Anatomy.Part::kind)
                    .containsExactly(Anatomy.Kind.PAYLOAD, Anatomy.Kind.BACKTRACE, Anatomy.Kind.REST);
        } finally {
            logging.shutdown();
        }
    }

    @Test
    void failuresOfDifferentWeights_theHeaviestIsKnown() {
        AtomicInteger attempts = new AtomicInteger();
        RetentionReport report = run(RetentionExperiment.of(() -> {
                    int tries = attempts.incrementAndGet() == 9 ? 500 : 5;
                    Exception retry = new Exception("first");
                    for (int i = 1; i < tries; i++) {
                        retry = new Exception("retry", retry);
                    }
                    return CompletableFuture.failedFuture(retry);
                })
                .weighFailures());

        assertThat(report.verdict()).isEqualTo(Verdict.RELEASED);
        assertThat(report.failureWeights().heaviest().parts().get(0).kind()).isEqualTo(Anatomy.Kind.CAUSE);
        assertThat(report.failureWeights().most()).isBetween(500 * 400L, 500 * 4_000L);
    }

    @Test
    void failures_unlessAskedFor_areNotWeighed() {
        assertThat(run(RetentionExperiment.of(RetentionExperimentTests::fail)).failureWeights())
                .isEqualTo(FailureWeights.NONE);
        assertThat(run(RetentionExperiment.of(attempt -> attempt.track(new byte[65_536]))
                                .expect(Expect.SUCCESS)
                                .weighFailures())
                        .failureWeights())
                .isEqualTo(FailureWeights.NONE);
    }

    @Test
    void experiment_canBeRunAgain() {
        RetentionExperiment experiment = RetentionExperiment.of(RetentionExperimentTests::failWithAChecked);

        assertThat(run(experiment).attempts()).isEqualTo(15);
        assertThat(run(experiment).attempts()).isEqualTo(15);
    }

    @Test
    void name_thatIsBlank_isRefused() {
        assertThatThrownBy(() -> RetentionExperiment.of(() -> null).named(" "))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("name must not be blank, but was \" \"");
    }

    @SuppressWarnings("NullAway")
    static Stream<Arguments> nulls() {
        RetentionExperiment experiment = RetentionExperiment.of(() -> null);
        return Stream.of(
                call("task", () -> RetentionExperiment.of((Task) null)),
                call("task", () -> RetentionExperiment.of((Action) null)),
                call("task", () -> RetentionExperiment.of((AttemptTask) null)),
                call("name", () -> experiment.named(null)),
                call("executor", () -> experiment.on(null)),
                call("outside", () -> experiment.outside((Object[]) null)),
                call("settings", () -> experiment.settings(null)),
                call("timeout", () -> experiment.timeout((Duration) null)),
                call("timeout", () -> experiment.timeout((String) null)),
                call("expect", () -> experiment.expect((Expect) null)));
    }

    private static Arguments call(String argument, ThrowingCallable call) {
        return arguments(argument, call);
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void null_isRefusedByName(String argument, ThrowingCallable call) {
        assertThatThrownBy(call).isExactlyInstanceOf(NullPointerException.class).hasMessage(argument);
    }

    @Slow("takes many collections")
    @Test
    void wholeLeak_isLookedAtCloselyFirstAndLast_atAGlanceMeanwhile() {
        List<Throwable> kept = new ArrayList<>();
        List<Integer> collections = collections(attempt -> kept.add(attempt.track(new Exception("declined"))), 8);

        assertThat(collections.subList(1, collections.size() - 1))
                .hasSizeGreaterThan(2)
                .containsOnly(1);
        assertThat(collections.get(0)).isGreaterThanOrEqualTo(4);
        assertThat(collections.get(collections.size() - 1)).isGreaterThanOrEqualTo(4);
    }

    @Slow("takes many collections")
    @Test
    void bufferThatIsFull_isLookedAtClosely() {
        List<Throwable> first = new ArrayList<>();
        List<Integer> collections = collections(
                attempt -> {
                    Throwable failure = attempt.track(new Exception("declined"));
                    if (first.size() < 29) {
                        first.add(failure);
                    }
                },
                1);

        assertThat(collections.get(0)).isGreaterThanOrEqualTo(4);
        assertThat(collections.get(1)).isEqualTo(1);
        assertThat(collections.get(2)).isGreaterThan(4);
        assertThat(collections.subList(3, collections.size())).isNotEmpty().allMatch(count -> count >= 4);
    }

    private static List<Integer> collections(AttemptTask task, int budget) {
        return RetentionExperiment.of(task)
                .failures(10)
                .rounds(3)
                .warmup(0)
                .budget(budget)
                .explainUnless(report -> true)
                .run()
                .rounds()
                .stream()
                .map(Round::collections)
                .toList();
    }
}
