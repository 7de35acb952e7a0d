/** Reads from a heap dump who holds the retained failures: the paths, and how much hangs on each. */
@NullMarked
package io.github.retainless.internal.dump;

import org.jspecify.annotations.NullMarked;
