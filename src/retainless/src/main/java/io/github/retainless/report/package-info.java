/** What people read: the failure message. */
@NullMarked
package io.github.retainless.report;

import org.jspecify.annotations.NullMarked;
