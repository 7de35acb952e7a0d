/** AssertJ assertions for retention reports. */
@NullMarked
package io.github.retainless.assertj;

import org.jspecify.annotations.NullMarked;
