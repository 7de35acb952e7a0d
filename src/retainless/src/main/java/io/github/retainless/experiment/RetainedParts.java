package io.github.retainless.experiment;

/**
 * Of how many attempts something of one kind is left.
 *
 * @param part what is left. If there are several things of an attempt, it counts for the first of them in the order of
 *     {@link RetainedPart}
 * @param field the field in which the exception carried it, such as {@code PaymentDeclined.response}; empty unless it
 *     is {@link RetainedPart#CARRIED}
 * @param attempts of how many attempts
 * @since 0.1.0
 */
public record RetainedParts(RetainedPart part, String field, int attempts) {}
