/** The loop: settings, attempts, rounds, and the report of what they left behind. */
@NullMarked
package io.github.retainless.experiment;

import org.jspecify.annotations.NullMarked;
