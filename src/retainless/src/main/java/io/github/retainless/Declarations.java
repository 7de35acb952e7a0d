package io.github.retainless;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What test classes declare with our annotations, and what is wrong with it. */
final class Declarations {
    /** From Jupiter 5.13 on; what users name is encoded in a unique id. */
    private static final Pattern INVOCATION = Pattern.compile("\\[class-template-invocation:#(\\d+)]");

    private Declarations() {}

    static boolean isTask(Method method) {
        return AnnotationSupport.isAnnotated(method, AsyncTask.class);
    }

    /** A method with settings that no experiment reads proves nothing. */
    static void checkThatSettingsAreOfATask(Class<?> testClass, Method method) {
        if (AnnotationSupport.isAnnotated(method, NoExceptionRetention.class) && !isTask(method)) {
            throw new ExtensionConfigurationException("@NoExceptionRetention on " + testClass.getSimpleName() + "."
                    + method.getName() + "(): the method is no @AsyncTask, so nothing would be checked. Annotate it"
                    + " with @AsyncTask instead of @Test.");
        }
    }

    /** JUnit runs the invocations of a template or factory as well, and those would make no experiment. */
    static void checkThatItIsNothingElse(Method task) {
        String other = AnnotationSupport.isAnnotated(task, TestFactory.class)
                ? "a @TestFactory"
                : AnnotationSupport.isAnnotated(task, TestTemplate.class)
                        ? "a test template, such as @RepeatedTest or @ParameterizedTest,"
                        : null;
        if (other != null) {
            throw new ExtensionConfigurationException("@AsyncTask on "
                    + task.getDeclaringClass().getSimpleName() + "." + task.getName() + "(): the method is " + other
                    + " too. A task is repeated anyway: keep @AsyncTask alone. For several arguments, write a task for"
                    + " each, or run a RetentionExperiment in the @ParameterizedTest.");
        }
    }

    /** JUnit leaves out private, static and non-void tests without a word; a task must not vanish like that. */
    static void checkTasks(Class<?> testClass) {
        List<Method> tasks = tasks(testClass);
        for (Method task : tasks) {
            checkThatItIsNotSuspending(task);
            String wrong = Modifier.isPrivate(task.getModifiers())
                    ? "is private"
                    : Modifier.isStatic(task.getModifiers())
                            ? "is static"
                            : task.getReturnType() != void.class
                                    ? "returns " + task.getReturnType().getSimpleName()
                                    : null;
            if (wrong != null) {
                throw new ExtensionConfigurationException("@AsyncTask on "
                        + task.getDeclaringClass().getSimpleName() + "." + task.getName() + "(): the method " + wrong
                        + ", so JUnit never runs it. Make it a non-private, non-static void method; hand outcomes to"
                        + " Attempt.observe(..).");
            }
        }
    }

    /** The compiler of Kotlin gives a suspend function one more parameter, and makes it return an Object. */
    private static void checkThatItIsNotSuspending(Method task) {
        Class<?>[] parameters = task.getParameterTypes();
        if (parameters.length > 0
                && parameters[parameters.length - 1].getName().equals("kotlin.coroutines.Continuation")) {
            throw new ExtensionConfigurationException("@AsyncTask on "
                    + task.getDeclaringClass().getSimpleName() + "." + task.getName() + "(): the method is a suspend"
                    + " function, of which no attempts can be made. Make it an ordinary function that starts the work"
                    + " with async or future and hands the Deferred or CompletableFuture to Attempt.observe(..).");
        }
    }

    /** An annotated class without tasks proves nothing. */
    static void checkThatThereAreTasks(Class<?> testClass) {
        if (AnnotationSupport.isAnnotated(testClass, NoExceptionRetention.class) && !hasTasks(testClass)) {
            throw new ExtensionConfigurationException("@NoExceptionRetention on " + testClass.getSimpleName()
                    + ": the class has no @AsyncTask method"
                    + forgotten(testClass)
                            .map(inner -> " of its own, and JUnit never runs those of its inner class "
                                    + inner.getSimpleName()
                                    + ". Annotate that with @Nested, and let it not be private.")
                            .orElse(", so there is nothing to check. Annotate the failing task with @AsyncTask instead"
                                    + " of @Test, or remove @NoExceptionRetention."));
        }
    }

    /** A class with tasks that seems to be nested; a static one is a test class for itself. */
    private static Optional<Class<?>> forgotten(Class<?> testClass) {
        return Arrays.stream(testClass.getDeclaredClasses())
                .filter(inner -> !Modifier.isStatic(inner.getModifiers()) && hasTasks(inner))
                .findFirst();
    }

    private static boolean hasTasks(Class<?> testClass) {
        return !tasks(testClass).isEmpty()
                || ReflectionSupport.findNestedClasses(testClass, Declarations::isNestedTestClass).stream()
                        .anyMatch(Declarations::hasTasks);
    }

    /** As JUnit has it: any other class in a test class is not run with it. */
    private static boolean isNestedTestClass(Class<?> nested) {
        return AnnotationSupport.isAnnotated(nested, Nested.class)
                && !Modifier.isStatic(nested.getModifiers())
                && !Modifier.isPrivate(nested.getModifiers());
    }

    /**
     * The test class and those it is nested in as it is run, the outermost first: a nested class that a test class
     * inherits is nested in that one, not in the one that declares it.
     */
    static List<Class<?>> enclosingAndOwn(ExtensionContext context) {
        List<Class<?>> classes = new ArrayList<>(context.getEnclosingTestClasses());
        classes.add(context.getRequiredTestClass());
        return classes;
    }

    /** Whether one of the classes is annotated. */
    static boolean hasSettings(List<Class<?>> testClasses) {
        return testClasses.stream()
                .anyMatch(testClass -> AnnotationSupport.isAnnotated(testClass, NoExceptionRetention.class));
    }

    private static List<Method> tasks(Class<?> testClass) {
        return ReflectionSupport.findMethods(testClass, Declarations::isTask, HierarchyTraversalMode.TOP_DOWN);
    }

    /**
     * The name of a task, the same in each run of the tests, that no other has: with the types of its parameters if it
     * is overloaded, with the class that inherits a nested one it is in, and with the number of each invocation of a
     * class template that it is in.
     *
     * @param testClasses the test class and those it is nested in, the outermost first
     */
    static String distinctName(List<Class<?>> testClasses, Method task, String uniqueId) {
        StringBuilder name = new StringBuilder(heirs(testClasses));
        Class<?> testClass = testClasses.get(testClasses.size() - 1);
        name.append(testClass.getName()).append('.').append(task.getName());
        if (isOverloaded(testClass, task)) {
            for (Class<?> type : task.getParameterTypes()) {
                name.append('-').append(type.getTypeName());
            }
        }
        INVOCATION.matcher(uniqueId).results().forEach(invocation -> name.append('-')
                .append(invocation.group(1)));
        return name.toString();
    }

    /** The same as a reader knows it, such as {@code io.acme.PaymentTest.declined()}. */
    static String testId(List<Class<?>> testClasses, Method task, String uniqueId) {
        Class<?> testClass = testClasses.get(testClasses.size() - 1);
        String parameters = isOverloaded(testClass, task)
                ? Arrays.stream(task.getParameterTypes())
                        .map(Class::getTypeName)
                        .collect(Collectors.joining(", "))
                : "";
        StringBuilder id = new StringBuilder(
                heirs(testClasses) + testClass.getName() + "." + task.getName() + "(" + parameters + ")");
        INVOCATION.matcher(uniqueId).results().forEach(invocation -> id.append('[')
                .append(invocation.group(1))
                .append(']'));
        return id.toString();
    }

    /** The classes that inherit a nested one, each followed by a hyphen. */
    private static String heirs(List<Class<?>> testClasses) {
        StringBuilder heirs = new StringBuilder();
        for (int i = 1; i < testClasses.size(); i++) {
            Class<?> heir = testClasses.get(i - 1);
            if (testClasses.get(i).getEnclosingClass() != heir) {
                heirs.append(heir.getName()).append('-');
            }
        }
        return heirs.toString();
    }

    private static boolean isOverloaded(Class<?> testClass, Method task) {
        return tasks(testClass).stream()
                        .filter(other -> other.getName().equals(task.getName()))
                        .count()
                > 1;
    }

    /**
     * Whether a task takes the executor under test as a parameter, to drive it itself.
     *
     * @throws ExtensionConfigurationException if it does and cannot have it
     */
    static boolean takesExecutor(Method task, @Nullable Executor executor) {
        for (Parameter parameter : task.getParameters()) {
            if (AnnotationSupport.isAnnotated(parameter, ExecutorUnderTest.class)) {
                checkExecutor(parameter, task, executor);
                return true;
            }
        }
        return false;
    }

    private static void checkExecutor(Parameter parameter, Method task, @Nullable Executor executor) {
        String wrong = executor == null
                ? "there is none. Declare one: put @ExecutorUnderTest on a field or on a method without parameters."
                : !parameter.getType().isInstance(executor)
                        ? "it is a " + executor.getClass().getName() + ". Take it as a java.util.concurrent.Executor."
                        : null;
        if (wrong != null) {
            throw new ExtensionConfigurationException("@ExecutorUnderTest on a parameter of "
                    + task.getDeclaringClass().getSimpleName() + "." + task.getName() + "("
                    + parameter.getType().getSimpleName() + "): " + wrong);
        }
    }
}
