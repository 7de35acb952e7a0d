package io.github.retainless.internal.dump;

import io.github.retainless.experiment.Signature;
import java.io.Serializable;
import java.util.BitSet;
import java.util.List;

/**
 * What a dump tells about survivors.
 *
 * @param signatures who holds them, without the likely causes
 * @param soft the attempts of which everything left is only softly reachable
 * @param unheld the attempts of which nothing left is held by anything in the dump
 */
record Found(List<Signature> signatures, BitSet soft, BitSet unheld) implements Serializable {
    private static final long serialVersionUID = 1;
}
