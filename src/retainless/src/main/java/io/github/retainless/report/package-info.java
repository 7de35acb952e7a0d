/** Files about reports, for use without JUnit. */
@NullMarked
package io.github.retainless.report;

import org.jspecify.annotations.NullMarked;
