/** Cohorts in, verdict out: pure functions, no I/O. */
@NullMarked
package io.github.retainless.verdict;

import org.jspecify.annotations.NullMarked;
