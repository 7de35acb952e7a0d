/** The arguments and the summary of the merge command. */
@NullMarked
package io.github.retainless.internal.output.merge;

import org.jspecify.annotations.NullMarked;
