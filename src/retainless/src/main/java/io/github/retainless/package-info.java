/** Leak regression tests for failing async code. */
@NullMarked
package io.github.retainless;

import org.jspecify.annotations.NullMarked;
