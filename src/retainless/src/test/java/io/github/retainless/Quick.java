package io.github.retainless;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The fewest attempts that make a verdict; also a composed annotation. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NoExceptionRetention(failures = 5, rounds = 3, warmup = 2, budget = 1)
public @interface Quick {}
