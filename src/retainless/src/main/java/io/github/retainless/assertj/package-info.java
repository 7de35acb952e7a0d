/** AssertJ assertions for retention reports, hard and soft. */
@NullMarked
package io.github.retainless.assertj;

import org.jspecify.annotations.NullMarked;
