/** The watch in production: samples failures and says when they pile up. Never forces a collection. */
@NullMarked
package io.github.retainless.watch;

import org.jspecify.annotations.NullMarked;
