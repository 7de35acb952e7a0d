package io.github.retainless.experiment;

import io.github.retainless.heap.Footprint;
import io.github.retainless.heap.Jvm;
import io.github.retainless.verdict.Growth;
import io.github.retainless.verdict.Verdict;
import java.util.List;

/**
 * What an experiment found out; holds figures and texts only, nothing of the subject.
 *
 * @param name what the task is called
 * @param verdict the verdict
 * @param growth what grows; {@link Growth#NONE} unless the verdict is {@link Verdict#GROWING}
 * @param reason why the experiment ended before its time or could not decide; empty if neither
 * @param remedy what to do about the reason; empty if there is none
 * @param rounds what was left after each round; empty if none was completed
 * @param settings the settings it ran with
 * @param jvm the JVM it ran in
 * @param proof what proved the collections, such as {@code System.gc()}; empty if nothing did
 */
public record RetentionReport(
        String name,
        Verdict verdict,
        Growth growth,
        String reason,
        String remedy,
        List<Round> rounds,
        Settings settings,
        Jvm jvm,
        String proof) {
    /** Copies the list. */
    public RetentionReport {
        rounds = List.copyOf(rounds);
    }

    /** How many attempts there have been, warm-up apart. */
    public long failures() {
        return rounds.isEmpty() ? 0 : last().failures();
    }

    /**
     * The most failures that were retained after a round; 0 if the verdict is {@link Verdict#RELEASED}, since then what
     * was seen is what the JVM itself keeps for a while.
     */
    public long retained() {
        return verdict == Verdict.RELEASED
                ? 0
                : rounds.stream().mapToLong(Round::retained).max().orElse(0);
    }

    /** The largest footprint after a round; none if the verdict is {@link Verdict#RELEASED}. */
    public Footprint footprint() {
        return verdict == Verdict.RELEASED
                ? Footprint.NONE
                : rounds.stream()
                        .map(Round::footprint)
                        .reduce(Footprint.NONE, (a, b) -> b.bytes() >= a.bytes() ? b : a);
    }

    /** How many bytes each failure has added, from the first round to the last; 0 unless they have become more. */
    public long bytesPerFailure() {
        if (rounds.isEmpty()) {
            return 0;
        }
        Round first = rounds.get(0);
        long more = last().footprint().bytes();
        long failures = last().failures();
        if (rounds.size() > 1) {
            more -= first.footprint().bytes();
            failures -= first.failures();
        }
        return failures == 0 ? 0 : Math.max(0, Math.round((double) more / failures));
    }

    /** The last round; there must be one. */
    public Round last() {
        return rounds.get(rounds.size() - 1);
    }
}
