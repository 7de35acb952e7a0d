/** Cohorts in, verdict out: pure functions, no I/O. */
@NullMarked
package io.github.retainless.internal.verdict;

import org.jspecify.annotations.NullMarked;
