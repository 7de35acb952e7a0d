package io.github.retainless.experiment;

import java.time.Duration;
import java.util.List;

/**
 * What was left after a round, or after a stage of the budget past the asked-for rounds.
 *
 * @param number the round, from 1 on
 * @param attempts how many attempts there have been until its end, warm-up apart
 * @param retained how many of these are still reachable
 * @param footprint what is reachable from the retained only
 * @param cohorts the retained by age: how many of the first {@link Settings#attempts()} attempts, of the next ones, and
 *     so on
 * @param collections how many collections it took to be sure
 * @param elapsed the time since the first round began
 * @since 0.1.0
 */
public record Round(
        int number,
        long attempts,
        long retained,
        Footprint footprint,
        List<Integer> cohorts,
        int collections,
        Duration elapsed) {
    /** Copies the list. */
    public Round {
        cohorts = List.copyOf(cohorts);
    }
}
