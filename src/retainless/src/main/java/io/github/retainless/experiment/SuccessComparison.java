package io.github.retainless.experiment;

import java.util.List;
import java.util.Map;

/**
 * What stays when nothing fails.
 *
 * @param attempts how many attempts were made that succeeded; 0 if the same rounds passed without any, or nothing was
 *     compared
 * @param bytesPerAttempt how much the heap grows with each of them
 * @param retained of each class of what was tracked, by its name: of how many attempts something stayed, per cohort,
 *     the oldest first
 * @since 0.1.0
 */
public record SuccessComparison(int attempts, long bytesPerAttempt, Map<String, List<Integer>> retained) {
    /** There was none. */
    public static final SuccessComparison NONE = new SuccessComparison(0, 0, Map.of());

    /** Copies the map. */
    public SuccessComparison {
        retained = Map.copyOf(retained);
    }
}
