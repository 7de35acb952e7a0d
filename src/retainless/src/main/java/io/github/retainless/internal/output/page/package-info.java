/** Results as one self-contained page. */
@NullMarked
package io.github.retainless.internal.output.page;

import org.jspecify.annotations.NullMarked;
