/** The loop of an experiment: attempts, rounds, a census after each, and the report. */
@NullMarked
package io.github.retainless.internal.run;

import org.jspecify.annotations.NullMarked;
