package io.github.retainless.experiment;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Retained failures that are held in the same way: by paths of the same steps, whatever the index, the key or the
 * number of the thread.
 *
 * @param reachability how they are held
 * @param path how the nearest of them is held, from the GC root on; the last step holds the failure. Empty if nothing
 *     is known to hold them
 * @param type the name of the class of these failures; of the most frequent if they differ
 * @param attempts of how many attempts anything is held this way
 * @param retainedBytes how much memory would be free without these failures, in bytes: what only they reach, themselves
 *     included
 * @param cohorts of how many attempts of each round anything is held, the oldest first
 * @param likely the likely cause, or null if the path looks like none that is known
 * @since 0.1.0
 */
public record Signature(
        Reachability reachability,
        List<PathStep> path,
        String type,
        int attempts,
        long retainedBytes,
        List<Integer> cohorts,
        @Nullable LikelyCause likely)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Copies the lists. */
    // Not a compact one: javac 17 complains of the annotation then.
    public Signature(
            Reachability reachability,
            List<PathStep> path,
            String type,
            int attempts,
            long retainedBytes,
            List<Integer> cohorts,
            @Nullable LikelyCause likely) {
        this.reachability = reachability;
        this.path = List.copyOf(path);
        this.type = type;
        this.attempts = attempts;
        this.retainedBytes = retainedBytes;
        this.cohorts = List.copyOf(cohorts);
        this.likely = likely;
    }
}
