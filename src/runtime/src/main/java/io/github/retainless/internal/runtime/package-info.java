/** What a JVM does not show through its public API, read without flags where it can be. */
@NullMarked
package io.github.retainless.internal.runtime;

import org.jspecify.annotations.NullMarked;
