/** The failure message, and any report as text. */
@NullMarked
package io.github.retainless.internal.text;

import org.jspecify.annotations.NullMarked;
