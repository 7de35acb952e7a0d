package io.github.retainless.experiment;

/**
 * Of how many attempts something of one kind is left.
 *
 * @param remnant what is left. If there are several things of an attempt, it counts for the first of them in the order of {@link Remnant}
 * @param field the field in which the exception carried it, such as {@code PaymentDeclined.response}; empty unless it is
 *     {@link Remnant#CARRIED}
 * @param attempts of how many attempts
 * @since 0.1.0
 */
public record Remains(Remnant remnant, String field, int attempts) {}
