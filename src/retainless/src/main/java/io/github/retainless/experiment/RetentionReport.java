package io.github.retainless.experiment;

import io.github.retainless.internal.units.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * What an experiment found out; holds figures and texts only, nothing of the subject. {@code ReportText.of(report)} puts
 * it into words, {@code RoundsCsv.of(report)} into a table of numbers.
 *
 * @param name what the task is called
 * @param verdict the verdict
 * @param growth what grows; {@link Growth#NONE} unless the verdict is {@link Verdict#GROWING}
 * @param reason why the experiment ended before its time or could not decide; empty if neither
 * @param remedy what to do about the reason; empty if there is none
 * @param rounds what was left after each round; empty if none was completed
 * @param explanation who retains what is left, and what weighs in it; {@link Explanation#NONE} unless the report is bad news
 * @param heldByJvm how many of {@link #retained()} nothing of the program holds, or only softly if that does not count: a thread's last failure, which
 *     the JVM may keep; 0 unless the explanation tells
 * @param failureWeights what the failures weighed when they happened; {@link FailureWeights#NONE} unless they were
 *     to be weighed
 * @param retainedParts what is left of the attempts, at the end; empty unless the verdict is {@link Verdict#GROWING} or {@link Verdict#BOUNDED}
 * @param heapGain how the heap grows although nothing that is watched does; {@link HeapGain#NONE} if it does not, or nobody can tell
 * @param successComparison what stays when nothing fails, which is not counted; {@link SuccessComparison#NONE} unless it was compared
 * @param settings the settings it ran with
 * @param jvm the JVM it ran in
 * @param proof what proved the collections, such as {@code System.gc()}; empty if nothing did
 * @param began when it began
 * @param took how long it took, warm-up included
 * @since 0.1.0
 */
public record RetentionReport(
        String name,
        Verdict verdict,
        Growth growth,
        String reason,
        String remedy,
        List<Round> rounds,
        Explanation explanation,
        int heldByJvm,
        FailureWeights failureWeights,
        List<RetainedParts> retainedParts,
        HeapGain heapGain,
        SuccessComparison successComparison,
        Settings settings,
        Jvm jvm,
        String proof,
        Instant began,
        Duration took) {
    /** Copies the lists. */
    public RetentionReport {
        rounds = List.copyOf(rounds);
        retainedParts = List.copyOf(retainedParts);
    }

    /** How many attempts there have been, warm-up apart. */
    public long attempts() {
        return rounds.isEmpty() ? 0 : last().attempts();
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

    /**
     * How many bytes each failure has added, from the first round to the last; 0 unless they have become more, and if the
     * verdict is {@link Verdict#RELEASED}.
     */
    public long bytesPerFailure() {
        if (rounds.isEmpty() || verdict == Verdict.RELEASED) {
            return 0;
        }
        Round first = rounds.get(0);
        long more = last().footprint().bytes();
        long failures = last().attempts();
        if (rounds.size() > 1) {
            more -= first.footprint().bytes();
            failures -= first.attempts();
        }
        return failures == 0 ? 0 : Math.max(0, Math.round((double) more / failures));
    }

    /**
     * The last round.
     *
     * @throws NoSuchElementException if none was completed; then the verdict is {@link Verdict#UNDECIDED}
     */
    public Round last() {
        if (rounds.isEmpty()) {
            throw new NoSuchElementException(this + ": no round was completed");
        }
        return rounds.get(rounds.size() - 1);
    }

    /** One line, such as {@code the task: GROWING, 300 of 300 retained, 19.0 MiB}. */
    @Override
    public String toString() {
        return verdict == Verdict.UNDECIDED
                ? name + ": UNDECIDED, " + reason.lines().findFirst().orElse("")
                : String.format(
                        Locale.ROOT,
                        "%s: %s, %,d of %,d retained, %s%s",
                        name,
                        verdict,
                        retained(),
                        attempts(),
                        new ByteSize(footprint().bytes()),
                        footprint().truncated() ? "+" : "");
    }
}
