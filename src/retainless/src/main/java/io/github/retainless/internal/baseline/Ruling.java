package io.github.retainless.internal.baseline;

/**
 * What a baseline says of a test.
 *
 * @param allowed whether the test passes
 * @param better whether the test is better than the baseline, which was left as it is
 * @param note what there is to be told: plain text, each paragraph and each item ({@code - }) on a line of its own;
 *     empty if the baseline says nothing of the test
 */
public record Ruling(boolean allowed, boolean better, String note) {}
