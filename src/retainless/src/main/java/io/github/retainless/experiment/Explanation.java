package io.github.retainless.experiment;

import java.util.List;

/**
 * Who holds what an experiment found, and what weighs in it. Holds names and figures only.
 *
 * @param signatures who holds the retained failures, the most failures first, then the most bytes
 * @param anatomies what the retained failures consist of, one for each class, the heaviest in all first
 * @param missing what could not be found out and why, and what to do, in whole sentences; empty if nothing is missing
 * @param heapDump where the heap dump is, if it was to be kept; otherwise empty
 * @since 0.1.0
 */
public record Explanation(List<Signature> signatures, List<Anatomy> anatomies, String missing, String heapDump) {
    /** Of what needs none. */
    public static final Explanation NONE = new Explanation(List.of(), List.of(), "", "");

    /** Copies the lists. */
    public Explanation {
        signatures = List.copyOf(signatures);
        anatomies = List.copyOf(anatomies);
    }
}
