/** Amounts as text: sizes and durations. */
@NullMarked
package io.github.retainless.internal.units;

import org.jspecify.annotations.NullMarked;
