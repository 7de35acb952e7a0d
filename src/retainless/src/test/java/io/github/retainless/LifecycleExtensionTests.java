package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own extensions beside ours. The lab has Mockito's and Spring's. */
class LifecycleExtensionTests {
    @Test
    void callbacksOfOtherExtensions_areRunOnceAroundAllAttempts() {
        LOG.clear();
        Launch launch = Launch.of(RegisteredTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        String attempts = "attempt ".repeat(2 + 3 * 5);
        assertThat(String.join(" ", LOG))
                .isEqualTo("static each, instance each, static execution, instance execution, static begins, "
                        + attempts + "static ends, instance executed, static executed, instance after, static after,");
    }

    @Test
    void handlerOfExceptions_getsTheVerdict() {
        LOG.clear();
        Launch launch = Launch.with("retainless.heapdump", "off", HandledTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).failed(1));
        assertThat(LOG).containsExactly("last() retains up to 1 of the exceptions it throws; at most 0 may be.");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                AnnotatedClassTestCases.class,
                AnnotatedFirstTestCases.class,
                AnnotatedLastTestCases.class,
                AnnotatedOuterTestCases.class
            })
    void interceptorsOfOthers_areCalledOnceAroundAllAttempts(Class<?> fixture) {
        LOG.clear();
        Launch launch = Launch.of(fixture);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(launch.verdict("declined")).isEqualTo("RELEASED");
        assertThat(launch.failures("declined")).isEqualTo(15);
        assertThat(String.join(" ", LOG))
                .isEqualTo("annotated begins, static begins, instance begins, " + "attempt ".repeat(2 + 3 * 5)
                        + "instance ends, static ends, annotated ends,");
    }

    /** JUnit orders the extensions of a method as its annotations, and ours makes no invocation. */
    @Test
    void interceptorOfTheMethod_isCalled_ifItStandsBeforeTheTask() {
        LOG.clear();
        Launch launch = Launch.of(AnnotatedMethodTestCases.class);
        launch.tests().assertStatistics(stats -> stats.started(1).succeeded(1));
        assertThat(String.join(" ", LOG))
                .isEqualTo("static begins, instance begins, annotated begins, " + "attempt ".repeat(2 + 3 * 5)
                        + "annotated ends, instance ends, static ends,");
    }

    private static final Queue<String> LOG = new ConcurrentLinkedQueue<>();

    private record Recorder(String name)
            implements BeforeEachCallback, BeforeTestExecutionCallback, AfterTestExecutionCallback, AfterEachCallback {
        private void log(String what) {
            LOG.add(name + " " + what + ",");
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            log("each");
        }

        @Override
        public void beforeTestExecution(ExtensionContext context) {
            log("execution");
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            log("executed");
        }

        @Override
        public void afterEach(ExtensionContext context) {
            log("after");
        }
    }

    private record Around(String name) implements InvocationInterceptor {
        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            LOG.add(name + " begins,");
            invocation.proceed();
            LOG.add(name + " ends,");
        }
    }

    private static final class AroundByAnnotation implements InvocationInterceptor {
        private final Around around = new Around("annotated");

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            around.interceptTestMethod(invocation, method, context);
        }
    }

    abstract static class Intercepted {
        @RegisterExtension
        static final Around OF_THE_CLASS = new Around("static");

        @RegisterExtension
        final Around ofTheInstance = new Around("instance");

        void decline() {
            LOG.add("attempt");
            throw new IllegalStateException("declined");
        }
    }

    @ExtendWith(AroundByAnnotation.class)
    abstract static class InterceptedTask extends Intercepted {
        @AsyncTask
        void declined() {
            decline();
        }
    }

    @Quick
    static class AnnotatedClassTestCases extends InterceptedTask {}

    @Quick
    @ExtendWith(AroundByAnnotation.class)
    static class AnnotatedFirstTestCases extends Intercepted {
        @AsyncTask
        void declined() {
            decline();
        }
    }

    @ExtendWith(AroundByAnnotation.class)
    @Quick
    static class AnnotatedLastTestCases extends Intercepted {
        @AsyncTask
        void declined() {
            decline();
        }
    }

    static class AnnotatedMethodTestCases extends Intercepted {
        @ExtendWith(AroundByAnnotation.class)
        @AsyncTask
        @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
        void declined() {
            decline();
        }
    }

    @Quick
    static class AnnotatedOuterTestCases {
        @Nested
        class Inner extends InterceptedTask {}
    }

    static class RegisteredTestCases {
        @RegisterExtension
        static final Recorder OF_THE_CLASS = new Recorder("static");

        @RegisterExtension
        static final Around AROUND = new Around("static");

        @RegisterExtension
        final Recorder ofTheInstance = new Recorder("instance");

        @AsyncTask
        @NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
        void declined() {
            LOG.add("attempt");
            throw new IllegalStateException("declined");
        }
    }

    @Quick
    static class HandledTestCases {
        private final Throwable[] last = new Throwable[1];

        @RegisterExtension
        final TestExecutionExceptionHandler handler = (context, failure) -> {
            LOG.add(failure.getMessage().lines().findFirst().orElseThrow());
            throw failure;
        };

        @AsyncTask
        @NoExceptionRetention(maxRetained = 0)
        void last() {
            last[0] = new IllegalStateException("declined");
            throw (IllegalStateException) last[0];
        }
    }
}
