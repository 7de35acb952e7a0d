/** The heap of this JVM: collection with proof, and the footprint of what stays. */
@NullMarked
package io.github.retainless.internal.heap;

import org.jspecify.annotations.NullMarked;
