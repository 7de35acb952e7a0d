/** Results as one self-contained page. */
@NullMarked
package io.github.retainless.page;

import org.jspecify.annotations.NullMarked;
