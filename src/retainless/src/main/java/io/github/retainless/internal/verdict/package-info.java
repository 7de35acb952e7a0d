/** The verdict, from cohorts, and the limits that a test sets: pure functions, no I/O. */
@NullMarked
package io.github.retainless.internal.verdict;

import org.jspecify.annotations.NullMarked;
