package io.github.retainless;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.HeapDumps;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.internal.baseline.Ruling;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.heap.FullHeap;
import io.github.retainless.internal.output.results.ReportFile;
import io.github.retainless.internal.output.results.RoundsCsv;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.ReportMessage;
import io.github.retainless.internal.text.ReportText;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Runs an {@link AsyncTask} as an experiment in place of its single invocation. */
final class RetentionExtension
        implements InvocationInterceptor, ParameterResolver, ExecutionCondition, BeforeEachCallback {
    private static final System.Logger LOG = System.getLogger("io.github.retainless");

    private static final String OUT_OF_MEMORY =
            "() proves nothing: memory ran out before there was a report.\n\n  " + FullHeap.REMEDY;

    /** What this thread is doing just now; JUnit resolves the method's parameters on it. */
    private static final ThreadLocal<@Nullable Arguments> CURRENT = new ThreadLocal<>();

    /** One attempt, and the executor under test if there is one. */
    private record Arguments(Attempt attempt, @Nullable Executor executor) {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Mode.of(context).evaluate();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // Before the parameters are resolved, which would fail with less of an explanation.
        Declarations.checkThatItIsNothingElse(context.getRequiredTestMethod());
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> invocationContext,
            ExtensionContext context)
            throws Throwable {
        Method method = invocationContext.getExecutable();
        Configuration configuration = Configuration.of(context);
        invocation.skip();
        try {
            checkReport(experiment(method, configuration, context), configuration, context);
        } catch (OutOfMemoryError ignored) {
            // JUnit would end the whole launch, without the tests that are still to come. Nothing but this text is
            // made.
            throw new AssertionError(method.getName().concat(OUT_OF_MEMORY));
        }
        if (!Declarations.hasSettings(Declarations.enclosingAndOwn(context))) {
            // Without settings of its own nobody else looks at the class.
            Declarations.checkTasks(context.getRequiredTestClass());
        }
    }

    private static RetentionReport experiment(Method method, Configuration configuration, ExtensionContext context)
            throws Throwable {
        DeclaredExecutor declared =
                DeclaredExecutor.of(context.getRequiredTestInstances().getAllInstances());
        if (declared == null) {
            return experiment(method, null, configuration, context);
        }
        try {
            return experiment(method, declared.executor(), configuration, context);
        } finally {
            declared.shutDown();
        }
    }

    private static RetentionReport experiment(
            Method method, @Nullable Executor executor, Configuration configuration, ExtensionContext context)
            throws Throwable {
        Object instance = context.getRequiredTestInstance();
        List<Object> instances = context.getRequiredTestInstances().getAllInstances();
        boolean drivesExecutor = Declarations.takesExecutor(method, executor);
        AtomicReference<@Nullable Throwable> withdrawn = new AtomicReference<>();
        RetentionExperiment.AttemptTask body = attempt -> {
            CURRENT.set(new Arguments(attempt, executor));
            try {
                context.getExecutableInvoker().invoke(method, instance);
            } catch (TestAbortedException
                    | ExtensionConfigurationException
                    | ParameterResolutionException
                    | AssertionError noFailureOfTheTask) {
                withdrawn.set(noFailureOfTheTask);
                throw noFailureOfTheTask;
            } finally {
                CURRENT.remove();
            }
        };
        boolean takesAttempt = Arrays.asList(method.getParameterTypes()).contains(Attempt.class);
        RetentionExperiment experiment = takesAttempt
                ? RetentionExperiment.of(body)
                : RetentionExperiment.of(() -> body.run(NoAttempt.INSTANCE));
        if (executor != null && !drivesExecutor) {
            experiment.on(executor);
        }
        if (configuration.limits().limitFailures()) {
            experiment.weighFailures();
        }
        configuration.watchThrowables(experiment);
        RetentionReport report = run(
                experiment
                        // Nobody sees the report of a test that is withdrawn.
                        .explainUnless(found -> withdrawn.get() != null
                                || configuration.limits().allow(found))
                        .heapDumps(heapDumps(context))
                        .named(method.getName() + "()")
                        .settings(configuration.settings())
                        .outside(Stream.concat(instances.stream(), Stream.ofNullable(executor))
                                .toArray()),
                Progress.of(method.getName() + "()", context));
        Throwable reason = withdrawn.get();
        if (reason != null) {
            throw reason;
        }
        return report;
    }

    private static RetentionReport run(RetentionExperiment experiment, Progress progress) {
        try (progress) {
            return experiment.onRound(progress).run();
        }
    }

    /** An interrupt that has ended the experiment must not keep its report from being written, too. */
    private static void checkReport(RetentionReport report, Configuration configuration, ExtensionContext context) {
        boolean interrupted = Thread.interrupted();
        try {
            check(report, configuration, context);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void check(RetentionReport report, Configuration configuration, ExtensionContext context) {
        Ruling ruling = configuration.baseline().judge(report, configuration.limits(), () -> folder(context), context);
        String message = record(report, ruling, configuration, context);
        context.publishReportEntry(entries(report));
        if (!ruling.allowed()) {
            throw new AssertionError(message);
        }
        if (report.heapGain().bytesPerFailure() > 0) {
            // Nobody reads the report of a test that passes.
            LOG.log(Level.WARNING, message);
        }
    }

    /** The message, which says where the report is, or why it is not; never a reason to lose the verdict. */
    private static String record(
            RetentionReport report, Ruling ruling, Configuration configuration, ExtensionContext context) {
        String name = fileName(context);
        try {
            ResultsRecorder recorder = ResultsRecorder.of(context, folder(context));
            ReportMessage message = ReportText.message(report, configuration.limits(), recorder.link(name))
                    .with(ruling.note());
            Path figures = RoundsCsv.write(report, folder(context), name);
            recorder.add(new TestResult(
                    name,
                    context.getRequiredTestClass().getName(),
                    report.name(),
                    ruling.allowed(),
                    message.text(),
                    message.remarks(),
                    ruling.note(),
                    figures.getFileName().toString(),
                    report));
            return message.text();
        } catch (ExtensionConfigurationException wrong) {
            throw wrong;
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError unwritable) {
            return ReportText.message(report, configuration.limits(), "not written, " + unwritable)
                    .with(ruling.note())
                    .text();
        }
    }

    private static HeapDumps heapDumps(ExtensionContext context) {
        return switch (Configuration.get(ConfigurationKeys.HEAP_DUMP, context)) {
            case "keep" -> HeapDumps.keptAs(dumpFile(context));
            case "off" -> HeapDumps.NONE;
            default -> HeapDumps.TEMPORARY;
        };
    }

    private static Path dumpFile(ExtensionContext context) {
        try {
            return ReportFile.in(folder(context), fileName(context), ".hprof");
        } catch (InvalidPathException wrong) {
            throw Configuration.wrong(ConfigurationKeys.REPORT_DIRECTORY, wrong);
        }
    }

    private static Path folder(ExtensionContext context) {
        return Path.of(Configuration.get(ConfigurationKeys.REPORT_DIRECTORY, context));
    }

    private static String fileName(ExtensionContext context) {
        return Declarations.distinctName(
                Declarations.enclosingAndOwn(context), context.getRequiredTestMethod(), context.getUniqueId());
    }

    private static Map<String, String> entries(RetentionReport report) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("retainless.task", report.name());
        entries.put("retainless.verdict", report.verdict().toString());
        entries.put("retainless.attempts", Long.toString(report.attempts()));
        entries.put("retainless.retained", Long.toString(report.retained()));
        entries.put(
                "retainless.footprintBytes", Long.toString(report.footprint().bytes()));
        entries.put("retainless.bytesPerFailure", Long.toString(report.bytesPerFailure()));
        if (report.heapGain().bytesPerFailure() > 0) {
            entries.put(
                    "retainless.heapBytesPerFailure",
                    Long.toString(report.heapGain().bytesPerFailure()));
        }
        return entries;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        boolean isOurs =
                parameter.getParameter().getType() == Attempt.class || parameter.isAnnotated(ExecutorUnderTest.class);
        return isOurs && parameter.getDeclaringExecutable() instanceof Method method && Declarations.isTask(method);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Arguments current = CURRENT.get();
        if (parameter.getParameter().getType() == Attempt.class) {
            return current == null ? NoAttempt.INSTANCE : current.attempt();
        }
        return current == null ? null : current.executor();
    }

    /** What JUnit gets for the one invocation that is skipped. */
    private enum NoAttempt implements Attempt {
        INSTANCE;

        private static IllegalStateException error() {
            return new IllegalStateException("no attempt is being made");
        }

        @Override
        public int number() {
            throw error();
        }

        @Override
        public boolean mustSucceed() {
            throw error();
        }

        @Override
        public void observe(Object outcome) {
            throw error();
        }

        @Override
        public <T> T track(T object) {
            throw error();
        }
    }
}
