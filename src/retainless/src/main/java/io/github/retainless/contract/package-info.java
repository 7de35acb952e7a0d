/** Batteries of leak regression tests for an executor or an asynchronous function. */
@NullMarked
package io.github.retainless.contract;

import org.jspecify.annotations.NullMarked;
