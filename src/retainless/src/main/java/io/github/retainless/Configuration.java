package io.github.retainless;

import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Settings;
import io.github.retainless.experiment.SoftReferences;
import io.github.retainless.internal.capture.Selection;
import io.github.retainless.internal.units.ByteSize;
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
import java.util.function.Function;
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
        set("budget", number(NoExceptionRetention::budget), text -> settings.withBudget(integer(text)));
        set("failures", number(NoExceptionRetention::failures), text -> settings.withAttempts(integer(text)));
        set("rounds", number(NoExceptionRetention::rounds), text -> settings.withRounds(integer(text)));
        set("warmup", number(NoExceptionRetention::warmup), text -> settings.withWarmup(integer(text)));
        set("concurrency", number(NoExceptionRetention::concurrency), text -> settings.withConcurrency(integer(text)));
        set("timeout", NoExceptionRetention::timeout, text -> settings.withTimeout(text));
        set(
                "softReferences",
                annotation -> name(annotation.softReferences()),
                text -> settings.withSoftReferences(oneOf(SoftReferences.class, "softReferences", text)));
        set(
                "heapGrowth",
                annotation -> name(annotation.heapGrowth()),
                text -> settings.withHeapGrowth(oneOf(HeapGrowth.class, "heapGrowth", text)));
    }

    private void readLimits() {
        bind("maxRetained", number(NoExceptionRetention::maxRetained), text -> {
            int retained = integer(text);
            if (retained < 0) {
                throw new IllegalArgumentException("maxRetained must be 0 or more, or UNBOUNDED, but was " + retained);
            }
            return limits.withMaxRetained(
                    retained == NoExceptionRetention.UNBOUNDED ? Limits.NONE.maxRetained() : retained);
        });
        bind("maxFootprint", NoExceptionRetention::maxFootprint, text -> limits.withMaxFootprint(ByteSize.parse(text)));
        bind(
                "maxFailureSize",
                NoExceptionRetention::maxFailureSize,
                text -> limits.withMaxFailureSize(ByteSize.parse(text)));
    }

    private void readWatched() {
        for (Declared at : declared) {
            if (watching == null && at.annotation().watchThrowables().length > 0) {
                watching = at.annotation();
            }
        }
        find("watchPackages", Configuration::packages)
                .ifPresent(value -> watchPackages = parsed(value, text -> {
                    String[] packages = Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .toArray(String[]::new);
                    Selection.of(List.of(), List.of(packages));
                    return packages;
                }));
    }

    private void set(String attribute, Function<NoExceptionRetention, String> get, Function<String, Settings> with) {
        find(attribute, get).ifPresent(value -> settings = parsed(value, with));
    }

    private void bind(String attribute, Function<NoExceptionRetention, String> get, Function<String, Limits> with) {
        find(attribute, get).ifPresent(value -> limits = parsed(value, with));
    }

    private Optional<Value> find(String attribute, Function<NoExceptionRetention, String> get) {
        for (Declared at : declared) {
            String text = get.apply(at.annotation());
            if (!text.isEmpty()) {
                return Optional.of(new Value(text, ANNOTATION + "(" + attribute + ") on " + at.place()));
            }
        }
        String parameter = "retainless." + attribute + ".default";
        return context.getConfigurationParameter(parameter)
                .map(text -> new Value(text.strip(), "configuration parameter " + parameter));
    }

    private static <T> T parsed(Value value, Function<String, T> parser) {
        try {
            return parser.apply(value.text());
        } catch (IllegalArgumentException wrong) {
            throw new ExtensionConfigurationException(value.origin() + ": " + wrong.getMessage());
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

    private static <E extends Enum<E>> E oneOf(Class<E> type, String attribute, String text) {
        E[] values = type.getEnumConstants();
        return Arrays.stream(values)
                .filter(value -> value.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(attribute + " must be "
                        + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(" or ")) + ", but was \""
                        + text + "\""));
    }

    private static int integer(String text) {
        try {
            return Math.toIntExact(Long.parseLong(text));
        } catch (NumberFormatException ignored) {
            // The text is no number.
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number");
        } catch (ArithmeticException ignored) {
            // The number does not fit.
            throw new IllegalArgumentException(text + " is too large");
        }
    }
}
