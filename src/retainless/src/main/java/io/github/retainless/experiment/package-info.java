/** Experiments in code, and what they take and give: attempts, settings and reports. No JUnit is needed. */
@NullMarked
package io.github.retainless.experiment;

import org.jspecify.annotations.NullMarked;
