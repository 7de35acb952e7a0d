/**
 * Sees throwables where they are made, whoever swallows them; instruments {@link java.lang.Throwable}, and only when
 * asked to.
 */
@NullMarked
package io.github.retainless.internal.capture;

import org.jspecify.annotations.NullMarked;
