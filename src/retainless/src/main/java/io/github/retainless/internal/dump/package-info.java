/** Who retains what survived: the paths that hold it, how much hangs on each, the likely cause. */
@NullMarked
package io.github.retainless.internal.dump;

import org.jspecify.annotations.NullMarked;
