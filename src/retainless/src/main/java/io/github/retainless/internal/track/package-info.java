/** What an attempt left behind: unwrapped failures, watched by weak references that know their cohort. */
@NullMarked
package io.github.retainless.internal.track;

import org.jspecify.annotations.NullMarked;
