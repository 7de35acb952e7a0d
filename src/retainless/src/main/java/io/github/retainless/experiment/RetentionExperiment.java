package io.github.retainless.experiment;

import io.github.retainless.internal.capture.Selection;
import io.github.retainless.internal.run.ExperimentRun;
import io.github.retainless.internal.run.ExplanationPolicy;
import io.github.retainless.internal.run.TaskUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a failing task again and again and finds out whether its failures are let go. Needs no test framework.
 *
 * <pre>{@code
 * RetentionReport report = RetentionExperiment.of(() -> dispatcher.charge(declinedCard))
 *         .failures(100).rounds(4).concurrency(8).run();
 * System.out.println(report.text());
 * assertThat(report).doesNotGrow().retainsAtMost(1).hasFootprintAtMost("64 KiB");
 * }</pre>
 *
 * <p>Each attempt of the task is to fail: by throwing, by an outcome that fails, or by an exception it hands to its
 * {@link Attempt}. What fails is built once, outside the task: a dispatcher made anew for each attempt takes what it
 * retains with it.
 *
 * <pre>{@code
 * RetentionExperiment.of(() -> dispatcher.charge(declinedCard));           // its value is the outcome
 * RetentionExperiment.of(() -> { throw new PaymentDeclined(); }).on(pool); // it throws, on an executor
 * RetentionExperiment.of(attempt -> dispatcher.onError(attempt::track));   // it swallows, but tells
 * }</pre>
 *
 * <p>What goes wrong in a run is in its report; only wrong arguments throw, when they are set:
 * {@link NullPointerException} for null, {@link IllegalArgumentException} for what is out of its range.
 *
 * <p>An instance may be run more than once. It is not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RetentionExperiment {
    /**
     * A task whose value is its outcome: anything {@link Attempt#observe} takes, or null for none.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Task {
        /** Makes one attempt. */
        @Nullable
        Object run() throws Throwable;
    }

    /**
     * A task that fails by throwing.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Action {
        /** Makes one attempt. */
        void run() throws Throwable;
    }

    /**
     * A task that reports to its attempt: an outcome through {@link Attempt#observe}. If its lambda has a value, that
     * is dropped.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface AttemptTask {
        /** Makes one attempt. */
        void run(Attempt attempt) throws Throwable;
    }

    private final Object given;
    private final TaskUnderTest.Body task;
    private final boolean takesAttempt;
    private String name = "the task";
    private Settings settings = Settings.DEFAULT;
    private @Nullable Executor executor;
    private Object[] outside = {};
    private Predicate<RetentionReport> allowed = report -> report.verdict() == Verdict.RELEASED;
    private HeapDumps heapDumps = HeapDumps.TEMPORARY;
    private boolean weighsFailures;
    private Consumer<Round> listener = round -> {};
    private List<Class<? extends Throwable>> watchedThrowables = List.of();
    private List<String> watchedPackages = List.of();

    private RetentionExperiment(Object given, TaskUnderTest.Body task, boolean takesAttempt) {
        this.given = given;
        this.task = task;
        this.takesAttempt = takesAttempt;
    }

    /** An experiment on a task whose value is its outcome. */
    public static RetentionExperiment of(Task task) {
        Objects.requireNonNull(task, "task");
        return new RetentionExperiment(task, attempt -> task.run(), false);
    }

    /** An experiment on a task that fails by throwing. */
    public static RetentionExperiment of(Action task) {
        Objects.requireNonNull(task, "task");
        return new RetentionExperiment(
                task,
                attempt -> {
                    task.run();
                    return null;
                },
                false);
    }

    /** An experiment on a task that reports to its attempt. */
    public static RetentionExperiment of(AttemptTask task) {
        Objects.requireNonNull(task, "task");
        return new RetentionExperiment(
                task,
                attempt -> {
                    task.run(attempt);
                    return null;
                },
                true);
    }

    /** What reports call the task, not blank; default {@code the task}. */
    public RetentionExperiment named(String name) {
        if (Objects.requireNonNull(name, "name").isBlank()) {
            throw new IllegalArgumentException("name must not be blank, but was \"" + name + "\"");
        }
        this.name = name;
        return this;
    }

    /**
     * Runs the task on this executor: an {@link java.util.concurrent.ExecutorService} through {@code submit}, with a
     * caller that takes the outcome and drops it, any other through {@code execute}. It is not shut down. Default: the
     * task runs on threads of the experiment.
     */
    public RetentionExperiment on(Executor executor) {
        this.executor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Objects whose memory is not charged to the failures that lead to them, such as the test instance of an exception
     * that is an inner class. The executor is one of them anyway.
     */
    public RetentionExperiment outside(Object... outside) {
        this.outside = Objects.requireNonNull(outside, "outside").clone();
        return this;
    }

    /**
     * The reports that need no explanation, such as those within some limits, which spares a heap dump. Default: those
     * whose verdict is {@link Verdict#RELEASED}. What is {@link Verdict#UNDECIDED} is never explained.
     */
    public RetentionExperiment explainUnless(Predicate<RetentionReport> allowed) {
        this.allowed = Objects.requireNonNull(allowed, "allowed");
        return this;
    }

    /**
     * Whether heap dumps may be made for explanations, and what becomes of them; default {@link HeapDumps#TEMPORARY}.
     */
    public RetentionExperiment heapDumps(HeapDumps heapDumps) {
        this.heapDumps = Objects.requireNonNull(heapDumps, "heapDumps");
        return this;
    }

    /** Whether failures count that only soft references hold; see {@link Settings#softReferences()}. */
    public RetentionExperiment softReferences(SoftReferences softReferences) {
        return settings(settings.withSoftReferences(softReferences));
    }

    /** What becomes of a heap that grows though nothing watched stays; see {@link Settings#heapGrowth()}. */
    public RetentionExperiment heapGrowth(HeapGrowth heapGrowth) {
        return settings(settings.withHeapGrowth(heapGrowth));
    }

    /**
     * Lets as many rounds without failures go first; what stays in these too is not counted. Where a task asks
     * {@link Attempt#mustSucceed()}, its attempts are made in them, and must succeed; any other task is not run in
     * them, so that they show only what goes on in the JVM anyway.
     */
    public RetentionExperiment compareWithSuccess() {
        return settings(settings.withCompareWithSuccess(true));
    }

    /** All settings at once. */
    public RetentionExperiment settings(Settings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
        return this;
    }

    /** Attempts per round; see {@link Settings#attempts()}. */
    public RetentionExperiment failures(int failures) {
        return settings(settings.withAttempts(failures));
    }

    /** Rounds; see {@link Settings#rounds()}. */
    public RetentionExperiment rounds(int rounds) {
        return settings(settings.withRounds(rounds));
    }

    /** Attempts before the first round; see {@link Settings#warmup()}. */
    public RetentionExperiment warmup(int warmup) {
        return settings(settings.withWarmup(warmup));
    }

    /** Attempts at the same time; see {@link Settings#concurrency()}. */
    public RetentionExperiment concurrency(int concurrency) {
        return settings(settings.withConcurrency(concurrency));
    }

    /** How long an attempt may take; see {@link Settings#timeout()}. */
    public RetentionExperiment timeout(Duration timeout) {
        return settings(settings.withTimeout(timeout));
    }

    /** How long an attempt may take, as in {@code "10 s"}; see {@link Settings#withTimeout(String)}. */
    public RetentionExperiment timeout(String timeout) {
        return settings(settings.withTimeout(timeout));
    }

    /** How far to go while a plateau may still come; see {@link Settings#budget()}. */
    public RetentionExperiment budget(int budget) {
        return settings(settings.withBudget(budget));
    }

    /** How attempts are expected to end; see {@link Settings#expect()}. */
    public RetentionExperiment expect(Expect expect) {
        return settings(settings.withExpect(expect));
    }

    /**
     * Weighs each failure when it happens, also if nobody keeps it; see {@link RetentionReport#failureWeights()}. That
     * takes about a millisecond each as a rule, on the thread on which the attempt fails. Default: failures are weighed
     * only when they stay. Where attempts are expected to succeed there are none.
     */
    public RetentionExperiment weighFailures() {
        weighsFailures = true;
        return this;
    }

    /**
     * Watches every exception of these classes and their subclasses that is made while attempts run, on whichever
     * thread, whoever swallows it; an attempt during which one is made has failed. This instruments the constructors of
     * {@link Throwable}, and needs {@code net.bytebuddy:byte-buddy-agent} on the class path; where that is not
     * possible, the report is UNDECIDED and says why. From JDK 21 on the JVM warns on stderr that an agent is loaded,
     * unless it is on the command line ({@code -javaagent:<path of byte-buddy-agent.jar>}). What other programs of the
     * JVM make of these classes meanwhile is watched too, so choose classes of the subject's own. It does not see
     * exceptions that no constructor makes: those that are deserialised, and a few that the JVM has ready. Default:
     * none, and nothing is instrumented.
     */
    @SafeVarargs
    public final RetentionExperiment watchThrowables(Class<? extends Throwable>... classes) {
        List<Class<? extends Throwable>> chosen = new ArrayList<>();
        for (Class<? extends Throwable> each : classes) {
            chosen.add(Objects.requireNonNull(each, "class"));
        }
        watchedThrowables = chosen;
        return this;
    }

    /**
     * Watches every exception whose class is in one of these packages or below that is made while attempts run, as
     * {@link #watchThrowables} does.
     *
     * @throws IllegalArgumentException if one is not the name of a package
     */
    public RetentionExperiment watchPackages(String... packages) {
        List<String> chosen = List.of(packages);
        if (!chosen.isEmpty()) {
            Selection.of(List.of(), chosen);
        }
        watchedPackages = chosen;
        return this;
    }

    /**
     * Is told each round when it has been counted, on the thread that runs the experiment, which waits meanwhile. What
     * it throws is ignored. Default: nobody is.
     */
    public RetentionExperiment onRound(Consumer<Round> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    private @Nullable Selection selection() {
        return watchedThrowables.isEmpty() && watchedPackages.isEmpty()
                ? null
                : Selection.of(watchedThrowables, watchedPackages);
    }

    /**
     * Runs the experiment on the calling thread's time. If that thread is interrupted, the report says so and the
     * thread's interrupt status is set.
     */
    public RetentionReport run() {
        return new ExperimentRun(
                        new TaskUnderTest(name, given, task, takesAttempt, executor, selection()),
                        settings,
                        outside,
                        new ExplanationPolicy(allowed, heapDumps),
                        weighsFailures,
                        listener)
                .run();
    }
}
