/** The values of a report, as experiments make them and results hold them. */
@NullMarked
package io.github.retainless.internal.report;

import org.jspecify.annotations.NullMarked;
