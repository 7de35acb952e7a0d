package io.github.retainless.internal.dump;

import io.github.retainless.experiment.Signature;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/**
 * What a heap dump tells about who holds retained failures.
 *
 * @param signatures who holds them, the most failures first; without the likely causes
 * @param soft the attempts of which everything left is only softly reachable
 * @param heldByJvm the attempts of which nothing left is held by anything in the dump
 * @param missing what could not be found out, why, and what to do; empty if nothing is missing
 * @param heapDump where the dump was kept; empty if it was not
 */
public record DumpResult(List<Signature> signatures, BitSet soft, BitSet heldByJvm, String missing, String heapDump)
        implements Serializable {
    private static final long serialVersionUID = 1;

    /** Of a dump that was read to its end. */
    DumpResult(List<Signature> signatures, BitSet soft, BitSet heldByJvm) {
        this(signatures, soft, heldByJvm, "", "");
    }

    /** Nothing was found out. */
    static DumpResult missing(String missing) {
        return new DumpResult(List.of(), new BitSet(), new BitSet(), missing, "");
    }

    /** The same where something else is missing. */
    DumpResult with(String missing, String heapDump) {
        return new DumpResult(signatures, soft, heldByJvm, missing, heapDump);
    }
}
