package io.github.retainless.internal.dump;

import io.github.retainless.internal.heap.CurrentJvm;
import io.github.retainless.internal.heap.HeapLayout;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What to look for in a dump.
 *
 * @param watch the number of the watch whose failures are meant
 * @param warmup what attempts up to this one left behind is not meant
 * @param attempts how many attempts there were after the warm-up
 * @param cohortSize attempts to a cohort
 * @param retained the attempts that are meant; what others left behind does not count
 * @param layout how the JVM of the dump lays objects out
 */
public record DumpQuery(int watch, int warmup, int attempts, int cohortSize, BitSet retained, HeapLayout layout)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** What reading still takes for each object: its references, the first of them, its parent, its owner. */
    private static final int BYTES_PER_OBJECT = 22;

    /** So many attempts can run at the same time. */
    private static final int MOST_RUNNING = 1_024;

    /** All attempts after the warm-up are meant. */
    public DumpQuery(int watch, int warmup, int attempts, int cohortSize, HeapLayout layout) {
        this(watch, warmup, attempts, cohortSize, all(warmup, attempts), layout);
    }

    private static BitSet all(int warmup, int attempts) {
        BitSet all = new BitSet();
        all.set(warmup + 1, Math.max(warmup + 1, lastAttempt(warmup, attempts) + 1));
        return all;
    }

    /** How many of these attempts each cohort has, the oldest first. */
    List<Integer> cohorts(BitSet of) {
        Integer[] counts = new Integer[Math.max(1, (attempts + cohortSize - 1) / cohortSize)];
        Arrays.fill(counts, 0);
        of.stream().forEach(attempt -> counts[Math.min(counts.length - 1, (attempt - warmup - 1) / cohortSize)]++);
        return List.of(counts);
    }

    /** The last attempt that may have begun; what was still running at the end is not counted in the attempts. */
    int lastAttempt() {
        return lastAttempt(warmup, attempts);
    }

    private static int lastAttempt(int warmup, int attempts) {
        return warmup + attempts + MOST_RUNNING;
    }

    /** Tells before it is too late that a dump needs more heap than there is. */
    void checkRoom(int objects) {
        long needed = (long) objects * BYTES_PER_OBJECT;
        if (needed > CurrentJvm.freeHeap()) {
            // What has been read so far left garbage, which counts as used until it is collected.
            System.gc();
            long free = CurrentJvm.freeHeap();
            if (needed > free) {
                throw new OutOfMemoryError(objects + " objects in the dump, for which " + free + " bytes are too few");
            }
        }
    }
}
