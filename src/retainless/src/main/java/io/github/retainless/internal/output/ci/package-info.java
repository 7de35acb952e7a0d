/** What a build server shows of the tests: GitHub's step summary and annotations, GitLab's code quality. */
@NullMarked
package io.github.retainless.internal.output.ci;

import org.jspecify.annotations.NullMarked;
