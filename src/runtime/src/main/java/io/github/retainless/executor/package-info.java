/** The reference implementation of an executor that lets its failures go. */
@NullMarked
package io.github.retainless.executor;

import org.jspecify.annotations.NullMarked;
