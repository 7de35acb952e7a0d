package io.github.retainless.executor;

/**
 * On which terms the futures of an executor deliver; they share one, so that each takes one field less.
 *
 * @param statistics counts what they deliver
 * @param releasesResults whether a result, too, goes to the first reader only
 */
record DeliveryTerms(FailureStatistics statistics, boolean releasesResults) {}
