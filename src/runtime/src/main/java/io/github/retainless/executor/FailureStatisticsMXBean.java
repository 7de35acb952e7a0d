package io.github.retainless.executor;

/**
 * What monitoring tools see of {@link FailureStatistics}.
 *
 * @since 0.1.0
 */
public interface FailureStatisticsMXBean {
    /** How many tasks have failed; see {@link FailureStatistics#failed()}. */
    long getFailed();

    /** How many failures have been delivered; see {@link FailureStatistics#delivered()}. */
    long getDelivered();

    /** How many failures have been let go; see {@link FailureStatistics#released()}. */
    long getReleased();

    /** How many failures nobody has read yet; see {@link FailureStatistics#undelivered()}. */
    long getUndelivered();

    /** The last failure as text, empty if there was none; see {@link FailureStatistics#last()}. */
    String getLast();
}
