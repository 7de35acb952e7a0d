package io.github.retainless;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Settings;
import io.github.retainless.internal.configuration.ConfigurationKey;
import io.github.retainless.internal.configuration.ConfigurationKeys;
import io.github.retainless.internal.verdict.Limits;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The settings of one task: from its method, its class, the enclosing classes, the configuration, the defaults. */
final class Configuration {
    private static final String ANNOTATION = "@" + NoExceptionRetention.class.getSimpleName();

    private final ExtensionContext context;
    private final List<Declared> declared = new ArrayList<>();
    private Settings settings;
    private Limits limits = Limits.NONE;
    private String[] watchPackages = {};
    private @Nullable NoExceptionRetention watching;
    private final TestBaseline baseline;

    /** An annotation and where it stands. */
    private record Declared(NoExceptionRetention annotation, String place) {}

    /** A value and where it comes from, in words. */
    private record Value(String text, String origin) {}

    private Configuration(ExtensionContext context) {
        this.context = context;
        Method method = context.getRequiredTestMethod();
        Class<?> testClass = context.getRequiredTestClass();
        declare(method, testClass.getSimpleName() + "." + method.getName() + "()");
        List<Class<?>> innermostFirst = Declarations.enclosingAndOwn(context);
        Collections.reverse(innermostFirst);
        innermostFirst.forEach(this::declareHierarchy);
        AsyncTask task =
                AnnotationSupport.findAnnotation(method, AsyncTask.class).orElseThrow();
        settings = settings(task, testClass.getSimpleName() + "." + method.getName() + "()");
        baseline = TestBaseline.of(context);
    }

    private static Settings settings(AsyncTask task, String place) {
        try {
            return Settings.DEFAULT.withExpect(task.expect()).withCompareWithSuccess(task.compareWithSuccess());
        } catch (IllegalArgumentException illegal) {
            throw new ExtensionConfigurationException("@AsyncTask on " + place + ": " + illegal.getMessage());
        }
    }

    /** A class, its superclasses and its interfaces, the nearest first; each may set some attributes. */
    private void declareHierarchy(@Nullable Class<?> at) {
        if (at == null) {
            return;
        }
        declare(at, at.getSimpleName());
        declareHierarchy(at.getSuperclass());
        for (Class<?> implemented : at.getInterfaces()) {
            declareHierarchy(implemented);
        }
    }

    private void declare(AnnotatedElement element, String place) {
        AnnotationSupport.findAnnotation(element, NoExceptionRetention.class)
                .ifPresent(nearest -> declared.add(new Declared(nearest, place)));
        declareAll(element, place, new HashSet<>());
    }

    /** JUnit finds one, but several may stand on an element: its own, and those that others there are composed of. */
    private void declareAll(AnnotatedElement element, String place, Set<Class<?>> seen) {
        Annotation[] annotations = element.getDeclaredAnnotations();
        for (Annotation annotation : annotations) {
            if (annotation instanceof NoExceptionRetention found) {
                declared.add(new Declared(found, place));
            }
        }
        for (Annotation annotation : annotations) {
            Class<?> type = annotation.annotationType();
            if (seen.add(type)) {
                declareAll(type, place, seen);
            }
        }
    }

    /**
     * Reads the configuration of the context's test method.
     *
     * @throws ExtensionConfigurationException if a value is wrong
     */
    static Configuration of(ExtensionContext context) {
        Configuration configuration = new Configuration(context);
        configuration.readSettings();
        configuration.readLimits();
        configuration.readWatched();
        return configuration;
    }

    Settings settings() {
        return settings;
    }

    Limits limits() {
        return limits;
    }

    TestBaseline baseline() {
        return baseline;
    }

    /** Lets the experiment watch exceptions wherever they are made, if that is asked for. */
    void watchThrowables(RetentionExperiment experiment) {
        if (watching != null) {
            experiment.watchThrowables(watching.watchThrowables());
        }
        experiment.watchPackages(watchPackages);
    }

    private void readSettings() {
        // In this order, a small budget makes room for many failures.
        set(ConfigurationKeys.BUDGET, number(NoExceptionRetention::budget), Settings::withBudget);
        set(ConfigurationKeys.FAILURES, number(NoExceptionRetention::failures), Settings::withAttempts);
        set(ConfigurationKeys.ROUNDS, number(NoExceptionRetention::rounds), Settings::withRounds);
        set(ConfigurationKeys.WARMUP, number(NoExceptionRetention::warmup), Settings::withWarmup);
        set(ConfigurationKeys.CONCURRENCY, number(NoExceptionRetention::concurrency), Settings::withConcurrency);
        set(ConfigurationKeys.TIMEOUT, NoExceptionRetention::timeout, Settings::withTimeout);
        set(
                ConfigurationKeys.SOFT_REFERENCES,
                annotation -> name(annotation.softReferences()),
                Settings::withSoftReferences);
        set(ConfigurationKeys.HEAP_GROWTH, annotation -> name(annotation.heapGrowth()), Settings::withHeapGrowth);
    }

    private void readLimits() {
        bind(
                ConfigurationKeys.MAX_RETAINED,
                number(NoExceptionRetention::maxRetained),
                (limits, retained) -> limits.withMaxRetained(
                        retained == NoExceptionRetention.UNBOUNDED ? Limits.NONE.maxRetained() : retained));
        bind(ConfigurationKeys.MAX_FOOTPRINT, NoExceptionRetention::maxFootprint, Limits::withMaxFootprint);
        bind(ConfigurationKeys.MAX_FAILURE_SIZE, NoExceptionRetention::maxFailureSize, Limits::withMaxFailureSize);
    }

    private void readWatched() {
        for (Declared at : declared) {
            if (watching == null && at.annotation().watchThrowables().length > 0) {
                watching = at.annotation();
            }
        }
        find(ConfigurationKeys.WATCH_PACKAGES, Configuration::packages)
                .ifPresent(value -> watchPackages = checked(
                                () -> ConfigurationKeys.WATCH_PACKAGES.parse(value.text(), value.origin()))
                        .toArray(String[]::new));
    }

    private <T> void set(
            ConfigurationKey<T> key,
            Function<NoExceptionRetention, String> get,
            BiFunction<Settings, T, Settings> with) {
        find(key, get).ifPresent(value -> settings = changed(settings, key, value, with));
    }

    private <T> void bind(
            ConfigurationKey<T> key, Function<NoExceptionRetention, String> get, BiFunction<Limits, T, Limits> with) {
        find(key, get).ifPresent(value -> limits = changed(limits, key, value, with));
    }

    private <T> Optional<Value> find(ConfigurationKey<T> key, Function<NoExceptionRetention, String> get) {
        for (Declared at : declared) {
            String text = get.apply(at.annotation());
            if (!text.isEmpty()) {
                return Optional.of(new Value(text, ANNOTATION + "(" + key.attribute() + ") on " + at.place()));
            }
        }
        return context.getConfigurationParameter(key.name()).map(text -> new Value(text.strip(), key.origin()));
    }

    /** Where the value is out of its range, the values that are changed say so. */
    private static <V, T> V changed(V values, ConfigurationKey<T> key, Value value, BiFunction<V, T, V> with) {
        T parsed = checked(() -> key.parse(value.text(), value.origin()));
        try {
            return with.apply(values, parsed);
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(value.origin() + ": " + wrong.getMessage());
        }
    }

    /** A configuration parameter, or its default. */
    static <T> T get(ConfigurationKey<T> key, ExtensionContext context) {
        return checked(() -> key.get(context::getConfigurationParameter));
    }

    /** A configuration parameter that is set to something that is not blank. */
    static <T> Optional<T> find(ConfigurationKey<T> key, ExtensionContext context) {
        return checked(
                () -> key.find(name -> context.getConfigurationParameter(name).filter(text -> !text.isBlank())));
    }

    /** The error that a configuration parameter has a wrong value. */
    static ExtensionConfigurationException wrong(ConfigurationKey<?> key, Exception reason) {
        return new ExtensionConfigurationException(key.origin() + ": " + reason.getMessage(), reason);
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(wrong.getMessage());
        }
    }

    private static Function<NoExceptionRetention, String> number(Function<NoExceptionRetention, Integer> get) {
        return annotation -> {
            int value = get.apply(annotation);
            return value == NoExceptionRetention.INHERITED ? "" : Integer.toString(value);
        };
    }

    /** With a blank in front: one package without a name is wrong, not unset. */
    private static String packages(NoExceptionRetention annotation) {
        String[] packages = annotation.watchPackages();
        return packages.length == 0 ? "" : " " + String.join(",", packages);
    }

    private static String name(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
    }
}
