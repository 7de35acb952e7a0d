/** Leaks that are known: a committed file holds them, and they may become fewer and smaller, but no more. */
@NullMarked
package io.github.retainless.internal.baseline;

import org.jspecify.annotations.NullMarked;
