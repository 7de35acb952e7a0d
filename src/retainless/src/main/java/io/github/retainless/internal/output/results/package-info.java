/** What the tests of a JVM found out, as files for programs: written after each test, read as a stream. */
@NullMarked
package io.github.retainless.internal.output.results;

import org.jspecify.annotations.NullMarked;
