package io.github.retainless;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the field with the executor that runs the {@link AsyncTask}s of the class: any
 * {@link java.util.concurrent.Executor}. An {@link java.util.concurrent.ExecutorService} gets them through
 * {@code submit}, from a caller that takes the outcome and drops it; any other through {@code execute}. Failures are
 * seen where the task throws them, so an executor that swallows them is covered.
 *
 * <p>The field may be private, static, inherited or in an enclosing instance of a {@code @Nested} class, but there may
 * be one only, and it must not be null when the task begins. The executor is not shut down; use {@code @AutoClose} or
 * {@code @AfterEach}.
 *
 * @since 0.1.0
 */
@Target({ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ExecutorUnderTest {}
