/** The program that makes one page and one summary of the results of many JVMs and machines. */
@NullMarked
package io.github.retainless.merge;

import org.jspecify.annotations.NullMarked;
