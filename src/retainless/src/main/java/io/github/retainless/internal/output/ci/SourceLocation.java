package io.github.retainless.internal.output.ci;

/**
 * Where something is declared.
 *
 * @param path from the root of the repository on, with slashes
 * @param line from 1 on
 */
record SourceLocation(String path, int line) {}
