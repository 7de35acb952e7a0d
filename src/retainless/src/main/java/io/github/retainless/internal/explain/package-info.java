/** The likely cause behind a path. */
@NullMarked
package io.github.retainless.internal.explain;

import org.jspecify.annotations.NullMarked;
