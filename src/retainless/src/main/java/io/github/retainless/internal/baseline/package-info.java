/** The baseline: a committed file of accepted leaks, which may become fewer and smaller, but no more. */
@NullMarked
package io.github.retainless.internal.baseline;

import org.jspecify.annotations.NullMarked;
