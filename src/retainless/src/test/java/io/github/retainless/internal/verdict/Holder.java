package io.github.retainless.internal.verdict;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/** A model of something that retains failures, with known truth; they are numbered from 0 on. */
@FunctionalInterface
interface Holder {
    long BYTES_EACH = 1_000;

    /** What is retained after so many failures; never asked for fewer than before. */
    BitSet after(int failures);

    /** What that weighs. */
    default long bytes(int failures) {
        return BYTES_EACH * after(failures).cardinality();
    }

    static Holder nothing() {
        return failures -> new BitSet();
    }

    /** A last-error slot (1), a ring buffer, a cache whose entries expire; one slot per thread in a round robin. */
    static Holder newest(int count) {
        return failures -> range(Math.max(0, failures - count), failures);
    }

    /** A buffer that fills up and then takes no more. */
    static Holder oldest(int count) {
        return failures -> range(0, Math.min(failures, count));
    }

    static Holder oneIn(int every, int phase) {
        return each(attempt -> attempt % every == phase);
    }

    static Holder oneInAtRandom(int every, long seed) {
        Random random = random(seed);
        return each(attempt -> random.nextInt(every) == 0);
    }

    /** Each is kept with the same probability, as in a histogram's samples. */
    static Holder reservoir(int size, long seed) {
        Random random = random(seed);
        return slots(attempt -> attempt < size ? attempt : random.nextInt(attempt + 1), size);
    }

    /** Each new one takes the place of any other. */
    static Holder evictingAtRandom(int size, long seed) {
        Random random = random(seed);
        return slots(attempt -> attempt < size ? attempt : random.nextInt(size), size);
    }

    /** The last failure of each message. */
    static Holder lastByMessage(int messages, long seed) {
        Random random = random(seed);
        return slots(attempt -> random.nextInt(messages), messages);
    }

    /** The first failure of each message. */
    static Holder firstByMessage(int messages, long seed) {
        Random random = random(seed);
        BitSet seen = new BitSet();
        return each(attempt -> {
            int message = random.nextInt(messages);
            boolean isNew = !seen.get(message);
            seen.set(message);
            return isNew;
        });
    }

    /** What the JVM keeps of the last failure of some threads, others at each look. */
    static Holder residue(int threads, long seed) {
        return failures -> {
            // The same look gives the same answer.
            Random random = random(seed * 31 + failures);
            BitSet kept = new BitSet();
            newest(threads).after(failures).stream()
                    .filter(attempt -> random.nextBoolean())
                    .forEach(kept::set);
            return kept;
        };
    }

    /** The same, but of the first failures none. */
    default Holder from(int begin) {
        return failures -> {
            BitSet kept = (BitSet) after(failures).clone();
            kept.clear(0, begin);
            return kept;
        };
    }

    default Holder and(Holder other) {
        return new Holder() {
            @Override
            public BitSet after(int failures) {
                BitSet all = (BitSet) Holder.this.after(failures).clone();
                all.or(other.after(failures));
                return all;
            }
        };
    }

    /** The same failures, with another weight. */
    default Holder weighing(IntToLongFunction weight) {
        return new Holder() {
            @Override
            public BitSet after(int failures) {
                return Holder.this.after(failures);
            }

            @Override
            public long bytes(int failures) {
                return weight.applyAsLong(failures);
            }
        };
    }

    default Holder weighing(LongSupplier weight) {
        return weighing(failures -> weight.getAsLong());
    }

    /** Neighbouring seeds of {@link Random} begin alike. */
    static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }

    private static BitSet range(int from, int to) {
        BitSet range = new BitSet();
        range.set(from, to);
        return range;
    }

    private static Holder each(IntPredicate isKept) {
        BitSet kept = new BitSet();
        int[] next = {0};
        return failures -> {
            for (; next[0] < failures; next[0]++) {
                kept.set(next[0], isKept.test(next[0]));
            }
            return kept;
        };
    }

    private static Holder slots(IntFunction<Integer> slotOf, int size) {
        Map<Integer, Integer> slots = new HashMap<>();
        int[] next = {0};
        return failures -> {
            for (; next[0] < failures; next[0]++) {
                int slot = slotOf.apply(next[0]);
                if (slot < size) {
                    slots.put(slot, next[0]);
                }
            }
            BitSet kept = new BitSet();
            slots.values().forEach(kept::set);
            return kept;
        };
    }
}
