package io.github.retainless.experiment;

import org.jspecify.annotations.Nullable;

/**
 * What the failures of an experiment weighed when they happened, whether or not anybody kept them. What the test
 * instance, the executor or the task reach is not charged to them; their causes and suppressed exceptions are.
 *
 * @param seen how many failures were seen, warm-up included; 0 if they were not to be weighed
 * @param weighed how many of them were weighed: all, until that has taken ten seconds
 * @param heaviest what the heaviest of them consists of; null if none was weighed
 * @param truncated whether the heaviest weighs more than it says: a limit was met, or fields were hidden
 * @since 0.1.0
 */
public record FailureWeights(long seen, long weighed, @Nullable Anatomy heaviest, boolean truncated) {
    /** Of an experiment that was not to weigh them. */
    public static final FailureWeights NONE = new FailureWeights(0, 0, null, false);

    /** How much the heaviest weighs; 0 if none was weighed. */
    public long most() {
        return heaviest == null ? 0 : heaviest.bytes();
    }
}
