/** What people read: the failure message. */
@NullMarked
package io.github.retainless.internal.text;

import org.jspecify.annotations.NullMarked;
