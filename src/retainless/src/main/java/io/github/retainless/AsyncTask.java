package io.github.retainless;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One leak regression test: the method's body is one failing attempt of an asynchronous task. It is run again and again
 * on the same test instance, {@code @BeforeEach} and {@code @AfterEach} once around the whole, with the settings of
 * {@link NoExceptionRetention} or, without that annotation, with their defaults.
 *
 * <p>The body runs on the {@link ExecutorUnderTest} if there is one, unless it takes that as a parameter; otherwise on
 * threads of the extension. An attempt fails by throwing or through the {@link Attempt} that the method may take as a
 * parameter. What fails is watched, never held, and must be let go.
 *
 * <ul>
 *   <li>The method must return void and be neither private nor static, as any test; where it is not, the class fails.
 *   <li>Each attempt must end as expected. A task that never fails, fails only sometimes, hangs, or of which nothing is
 *       observed fails the test with the reason.
 *   <li>An {@code ExtensionConfigurationException}, a failed assumption or a failed assertion (any
 *       {@link AssertionError} that the method throws) is no failure of the task: it ends the test. An
 *       {@code AssertionError} that the subject fails with is handed over: observe its outcome, or catch the error and
 *       {@link Attempt#track track} it.
 *   <li>An {@code InvocationInterceptor} of another extension is called once, around all attempts. One registered by an
 *       {@code @ExtendWith} on the method itself must stand before {@code @AsyncTask}: after it, it is not called.
 *   <li>JUnit's {@code @Timeout} spans all attempts; {@link NoExceptionRetention#timeout()} is per attempt.
 * </ul>
 *
 * @since 0.1.0
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Test
@ExtendWith(RetentionExtension.class)
public @interface AsyncTask {
    /**
     * How each attempt is expected to end; default {@link Expect#FAILURE}. With {@link Expect#SUCCESS} the task is a
     * success task: it must succeed, and what it hands to {@link Attempt#track} must be let go.
     */
    Expect expect() default Expect.FAILURE;

    /**
     * Whether there are as many rounds without failures first; default false. What stays in these too, of what the task
     * tracks and of the heap, is not blamed on the failures. Where the task asks {@link Attempt#mustSucceed()}, its
     * attempts are made in them, and must succeed; any other task is not run in them, so that they show only what goes
     * on in the JVM anyway. Together with {@link Expect#SUCCESS} it is an error.
     *
     * <pre>{@code
     * @AsyncTask(compareWithSuccess = true)
     * void charge(Attempt attempt) {
     *     attempt.observe(dispatcher.charge(attempt.mustSucceed() ? validCard : declinedCard));
     * }
     * }</pre>
     */
    boolean compareWithSuccess() default false;
}
