/** What a task hands over: the async types of the JDK, those of libraries, and those a user adapts. */
@NullMarked
package io.github.retainless.internal.outcome;

import org.jspecify.annotations.NullMarked;
