/** The configuration parameters of the library: one table of keys, and the one parser that reads them. */
@NullMarked
package io.github.retainless.internal.configuration;

import org.jspecify.annotations.NullMarked;
