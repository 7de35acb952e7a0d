/** What people read: the failure message and the files. */
@NullMarked
package io.github.retainless.report;

import org.jspecify.annotations.NullMarked;
