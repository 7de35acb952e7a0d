package io.github.retainless;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What test classes declare with our annotations, and what is wrong with it. */
final class Declarations {
    private Declarations() {}

    static boolean isTask(Method method) {
        return AnnotationSupport.isAnnotated(method, AsyncTask.class);
    }

    /** JUnit leaves out private, static and non-void tests without a word; a task must not vanish like that. */
    static void checkTasks(Class<?> testClass) {
        List<Method> tasks = tasks(testClass);
        for (Method task : tasks) {
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

    /** An annotated class without tasks proves nothing. */
    static void checkThatThereAreTasks(Class<?> testClass) {
        if (AnnotationSupport.isAnnotated(testClass, NoExceptionRetention.class) && !hasTasks(testClass)) {
            throw new ExtensionConfigurationException("@NoExceptionRetention on " + testClass.getSimpleName()
                    + ": the class has no @AsyncTask method, so there is nothing to check. Annotate the failing task"
                    + " with @AsyncTask instead of @Test, or remove @NoExceptionRetention.");
        }
    }

    private static boolean hasTasks(Class<?> testClass) {
        return !tasks(testClass).isEmpty()
                || Arrays.stream(testClass.getDeclaredClasses())
                        .anyMatch(declared -> enclosing(declared) != null && hasTasks(declared));
    }

    /** The class that a nested test class belongs to; as JUnit has it, a static one belongs to none. */
    static @Nullable Class<?> enclosing(Class<?> testClass) {
        return Modifier.isStatic(testClass.getModifiers()) ? null : testClass.getEnclosingClass();
    }

    /** Whether a class, or one it is nested in, is annotated. */
    static boolean hasSettings(@Nullable Class<?> testClass) {
        return testClass != null
                && (AnnotationSupport.isAnnotated(testClass, NoExceptionRetention.class)
                        || hasSettings(enclosing(testClass)));
    }

    private static List<Method> tasks(Class<?> testClass) {
        return ReflectionSupport.findMethods(testClass, Declarations::isTask, HierarchyTraversalMode.TOP_DOWN);
    }

    /** The executor under test, the innermost instance first; null if there is none. */
    static @Nullable Executor executorUnderTest(List<Object> testInstances) {
        List<Object> innermostFirst = new ArrayList<>(testInstances);
        Collections.reverse(innermostFirst);
        for (Object instance : innermostFirst) {
            List<Field> fields = AnnotationSupport.findAnnotatedFields(
                    instance.getClass(), ExecutorUnderTest.class, field -> true, HierarchyTraversalMode.TOP_DOWN);
            if (fields.size() > 1) {
                throw new ExtensionConfigurationException(
                        "@ExecutorUnderTest on " + place(fields.get(0)) + " and " + place(fields.get(1))
                                + ": a task runs on one executor. Keep one, in a class of its own each.");
            }
            if (!fields.isEmpty()) {
                return executor(fields.get(0), instance);
            }
        }
        return null;
    }

    private static Executor executor(Field field, Object instance) {
        Object value = read(field, instance);
        if (value instanceof Executor executor) {
            return executor;
        }
        throw new ExtensionConfigurationException("@ExecutorUnderTest on " + place(field) + ": the field "
                + (value == null ? "is null" : "holds a " + value.getClass().getName())
                + ". Assign a java.util.concurrent.Executor, at the latest in @BeforeEach.");
    }

    private static @Nullable Object read(Field field, Object instance) {
        try {
            field.setAccessible(true);
            return field.get(instance);
        } catch (ReflectiveOperationException | RuntimeException inaccessible) {
            throw new ExtensionConfigurationException(
                    "@ExecutorUnderTest on " + place(field) + ": the field cannot be read. Open its package.",
                    inaccessible);
        }
    }

    private static String place(Field field) {
        return field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }
}
