package io.github.retainless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the executor that runs the {@link AsyncTask}s of the class: any {@link java.util.concurrent.Executor}. An
 * {@link java.util.concurrent.ExecutorService} gets them through {@code submit}, from a caller that takes the outcome
 * and drops it; any other through {@code execute}. Failures are seen where the task throws them, so an executor that
 * swallows them is covered.
 *
 * <ul>
 *   <li>On a <b>field</b>: the executor is the test's own. It is not shut down; use {@code @AutoClose} or
 *       {@code @AfterEach}. The field must not be null when the task begins.
 *   <li>On a <b>method</b> without parameters: a factory, called once for each test, after {@code @BeforeEach}. All
 *       attempts of the test get the same executor. After the last one an {@code ExecutorService} is shut down by
 *       {@code shutdownNow} and waited for, five seconds at most; another {@link AutoCloseable} is closed. A method
 *       that overrides the factory need not repeat the annotation.
 *   <li>On a <b>parameter</b> of a task: hands it the executor. Such a task drives the executor itself, so it runs on
 *       threads of the extension.
 * </ul>
 *
 * <p>The field or method may be private, static, inherited or in an enclosing instance of a {@code @Nested} class, but
 * there may be one only; the test fails if there are more, if it gives no executor, or one of another type than the
 * parameter's.
 *
 * @since 0.1.0
 */
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ExecutorUnderTest {}
