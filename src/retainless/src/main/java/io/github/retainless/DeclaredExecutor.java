package io.github.retainless;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The executor that a test declares with {@link ExecutorUnderTest}, for as long as the test lasts.
 *
 * @param executor the executor
 * @param isMade whether it was made for this test, so that it is ours to shut down
 */
record DeclaredExecutor(Executor executor, boolean isMade) {
    private static final long FAREWELL_SECONDS = 5;

    /** The executor of a test, the innermost instance first; null if none is declared. */
    static @Nullable DeclaredExecutor of(List<Object> testInstances) {
        List<Object> innermostFirst = new ArrayList<>(testInstances);
        Collections.reverse(innermostFirst);
        for (Object instance : innermostFirst) {
            List<Member> declared = declared(instance.getClass());
            if (declared.size() > 1) {
                throw wrong(
                        place(declared.get(0)) + " and " + place(declared.get(1)),
                        "a task runs on one executor. Keep one, in a class of its own each.");
            }
            if (!declared.isEmpty()) {
                return declared.get(0) instanceof Method factory
                        ? new DeclaredExecutor(made(factory, instance), true)
                        : new DeclaredExecutor(read((Field) declared.get(0), instance), false);
            }
        }
        return null;
    }

    private static List<Member> declared(Class<?> testClass) {
        List<Member> declared = new ArrayList<>(AnnotationSupport.findAnnotatedFields(
                testClass, ExecutorUnderTest.class, field -> true, HierarchyTraversalMode.TOP_DOWN));
        declared.addAll(factories(testClass));
        return declared;
    }

    /** Of a method and those that override it, one; JUnit would look at the last, which need not be annotated. */
    private static Collection<Method> factories(Class<?> testClass) {
        Map<String, Method> byName = new LinkedHashMap<>();
        collectFactories(testClass, byName);
        return byName.values();
    }

    private static void collectFactories(@Nullable Class<?> type, Map<String, Method> byName) {
        if (type == null) {
            return;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (!method.isBridge() && AnnotationSupport.isAnnotated(method, ExecutorUnderTest.class)) {
                byName.putIfAbsent(method.getName(), method);
            }
        }
        collectFactories(type.getSuperclass(), byName);
        for (Class<?> implemented : type.getInterfaces()) {
            collectFactories(implemented, byName);
        }
    }

    private static Executor made(Method factory, Object instance) {
        if (factory.getParameterCount() > 0) {
            throw wrong(place(factory), "the method takes parameters. Let it take none, and use fields instead.");
        }
        // What it throws passes as it is.
        Object value = ReflectionSupport.invokeMethod(factory, instance);
        if (value instanceof Executor executor) {
            return executor;
        }
        throw wrong(
                place(factory),
                "the method returned "
                        + (value == null ? "null" : "a " + value.getClass().getName())
                        + ". Return a java.util.concurrent.Executor, a new one each time.");
    }

    private static Executor read(Field field, Object instance) {
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(instance);
        } catch (ReflectiveOperationException | RuntimeException inaccessible) {
            throw new ExtensionConfigurationException(
                    "@ExecutorUnderTest on " + place(field) + ": the field cannot be read. Open its package.",
                    inaccessible);
        }
        if (value instanceof Executor executor) {
            return executor;
        }
        throw wrong(
                place(field),
                "the field "
                        + (value == null
                                ? "is null"
                                : "holds a " + value.getClass().getName())
                        + ". Assign a java.util.concurrent.Executor, at the latest in @BeforeEach.");
    }

    private static ExtensionConfigurationException wrong(String place, String what) {
        return new ExtensionConfigurationException("@ExecutorUnderTest on " + place + ": " + what);
    }

    private static String place(Member member) {
        return member.getDeclaringClass().getSimpleName() + "." + member.getName()
                + (member instanceof Method ? "()" : "");
    }

    /** Shuts down what was made for the test. */
    void shutDown() throws Exception {
        if (isMade && executor instanceof ExecutorService service) {
            // Not close(), which it has from JDK 19 on and which waits for ever.
            service.shutdownNow();
            awaitTermination(service);
        } else if (isMade && executor instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static void awaitTermination(ExecutorService service) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            service.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            wasInterrupted = true;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
