package io.github.retainless.internal.dump;

import io.github.retainless.experiment.Signature;
import java.util.BitSet;
import java.util.List;

/**
 * What could be found out about who holds survivors.
 *
 * @param signatures who holds them, the most failures first
 * @param soft the attempts of which everything left is only softly reachable
 * @param unheld the attempts of which nothing left is held by anything in the dump
 * @param missing what could not be found out, why, and what to do; empty if nothing is missing
 * @param heapDump where the dump was kept; empty if it was not
 */
public record Findings(List<Signature> signatures, BitSet soft, BitSet unheld, String missing, String heapDump) {
    static Findings missing(String missing) {
        return new Findings(List.of(), new BitSet(), new BitSet(), missing, "");
    }
}
