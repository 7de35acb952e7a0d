package io.github.retainless.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What an experiment found out. A report holds figures and texts only, nothing of the subject. {@link #text()} is what
 * a failing test says. Reports come from {@link RetentionExperiment#run()}; this interface is not meant to be
 * implemented.
 *
 * @since 0.1.0
 */
public interface RetentionReport {
    /** The name of the task. */
    String name();

    /** The verdict. */
    Verdict verdict();

    /** What grows; {@link Growth#NONE} unless the verdict is {@link Verdict#GROWING}. */
    Growth growth();

    /** Why the experiment ended early or could not decide; empty if it did neither. */
    String reason();

    /** What to do about the reason; empty if there is none. */
    String remedy();

    /** What was left after each round; empty if no round was completed. */
    List<Round> rounds();

    /** Who retains what is left, and what weighs in it; {@link Explanation#NONE} unless the report is bad news. */
    Explanation explanation();

    /**
     * How many of {@link #retained()} are held by nothing of the program: a thread's last failure, which the JVM may
     * keep. What only soft references hold is among them if it does not count. 0 unless there is an explanation.
     */
    int heldByJvm();

    /** What the failures weighed when they happened; {@link FailureWeights#NONE} unless they were to be weighed. */
    FailureWeights failureWeights();

    /**
     * What is left of the attempts at the end; empty unless the verdict is {@link Verdict#GROWING} or
     * {@link Verdict#BOUNDED}.
     */
    List<RetainedParts> retainedParts();

    /**
     * How the heap grows although nothing watched does; {@link HeapGain#NONE} if it does not, or if nobody can tell.
     */
    HeapGain heapGain();

    /** What stays when nothing fails, which does not count; {@link SuccessComparison#NONE} if nothing was compared. */
    SuccessComparison successComparison();

    /** The settings of the experiment. */
    Settings settings();

    /** The JVM of the experiment. */
    Jvm jvm();

    /** What proved the collections, such as {@code System.gc()}; empty if nothing did. */
    String proof();

    /** When the experiment began. */
    Instant began();

    /** How long the experiment took, warm-up included. */
    Duration took();

    /**
     * What a failing test says, for any verdict: the verdict in a sentence, the table of rounds, who retains what is
     * left, the environment. Paths are drawn with lines if the console's charset has them, otherwise in ASCII; the
     * charset is the system property {@code stdout.encoding}, else {@code native.encoding}.
     */
    String text();

    /** How many attempts there were, warm-up not included. */
    default long attempts() {
        return rounds().isEmpty() ? 0 : last().attempts();
    }

    /**
     * The most failures that were retained after a round. 0 if the verdict is {@link Verdict#RELEASED}: what was seen
     * then is what the JVM itself keeps for a while.
     */
    default long retained() {
        return verdict() == Verdict.RELEASED
                ? 0
                : rounds().stream().mapToLong(Round::retained).max().orElse(0);
    }

    /** The largest footprint after a round; {@link Footprint#NONE} if the verdict is {@link Verdict#RELEASED}. */
    default Footprint footprint() {
        return verdict() == Verdict.RELEASED
                ? Footprint.NONE
                : rounds().stream()
                        .map(Round::footprint)
                        .reduce(Footprint.NONE, (a, b) -> b.bytes() >= a.bytes() ? b : a);
    }

    /**
     * How many bytes each failure added, from the first round to the last. 0 if the footprint did not become larger,
     * and if the verdict is {@link Verdict#RELEASED}.
     */
    default long bytesPerFailure() {
        if (rounds().isEmpty() || verdict() == Verdict.RELEASED) {
            return 0;
        }
        Round first = rounds().get(0);
        long more = last().footprint().bytes();
        long attempts = last().attempts();
        if (rounds().size() > 1) {
            more -= first.footprint().bytes();
            attempts -= first.attempts();
        }
        return attempts == 0 ? 0 : Math.max(0, Math.round((double) more / attempts));
    }

    /**
     * The last round.
     *
     * @throws NoSuchElementException if no round was completed; the verdict is {@link Verdict#UNDECIDED} then
     */
    default Round last() {
        if (rounds().isEmpty()) {
            throw new NoSuchElementException(this + ": no round was completed");
        }
        return rounds().get(rounds().size() - 1);
    }
}
