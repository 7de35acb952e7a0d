package io.github.retainless.internal.verdict;

import io.github.retainless.experiment.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Asks a judge as an experiment does: a census after each round, then as many more failures as the judge wants.
 *
 * @param lastFailures the attempts that were the last on their thread, after so many of them
 */
record Simulation(int failures, int rounds, int budget, IntFunction<BitSet> lastFailures) {
    /** The defaults of the settings, on one thread. */
    static final Simulation DEFAULT = new Simulation(50, 4, 8, roundRobin(1));

    Simulation on(int threads) {
        return new Simulation(failures, rounds, budget, roundRobin(threads));
    }

    /** Once as slow attempts are judged, and once as fast ones: after the first growth there is one more round. */
    Set<Verdict> verdicts(Supplier<Holder> holder) {
        return EnumSet.of(
                run(holder.get(), false).judgement().verdict(),
                run(holder.get(), true).judgement().verdict());
    }

    Result run(Holder holder) {
        return run(holder, false);
    }

    private Result run(Holder holder, boolean hurried) {
        Judge judge = judge();
        List<Census> history = new ArrayList<>();
        boolean waits = hurried;
        Judgement judgement = judge.judge(history);
        while (judgement.verdict() == null) {
            if (judgement.more() <= 0 || history.size() > 2 * rounds + 20) {
                throw new AssertionError("would go on for ever: " + judgement + " after " + history);
            }
            history.add(census(holder, ran(history) + (int) judgement.more()));
            judgement = judge.judge(history);
            if (waits && judgement.verdict() == Verdict.GROWING) {
                waits = false;
                judgement = Judgement.needs(failures);
            }
        }
        return new Result(judgement, ran(history));
    }

    Judge judge() {
        return new Judge(failures, rounds, (long) failures * rounds * budget);
    }

    Census census(Holder holder, int ran) {
        BitSet retained = (BitSet) holder.after(ran).clone();
        BitSet held = (BitSet) retained.clone();
        held.andNot(lastFailures.apply(ran));
        return new Census(ran, perCohort(retained, ran), perCohort(held, ran), holder.bytes(ran));
    }

    record Result(Judgement judgement, int failures) {}

    static IntFunction<BitSet> roundRobin(int threads) {
        return ran -> {
            BitSet last = new BitSet();
            last.set(Math.max(0, ran - threads), ran);
            return last;
        };
    }

    /** One attempt on each thread, and all others on one of them. */
    static IntFunction<BitSet> mostlyIdle(int threads) {
        return ran -> {
            BitSet last = new BitSet();
            last.set(0, Math.min(ran, threads - 1));
            last.set(ran - 1);
            return last;
        };
    }

    private static int ran(List<Census> history) {
        return history.isEmpty() ? 0 : (int) history.get(history.size() - 1).attempts();
    }

    private List<Integer> perCohort(BitSet attempts, int ran) {
        Integer[] counts = new Integer[(ran + failures - 1) / failures];
        Arrays.fill(counts, 0);
        attempts.stream().forEach(attempt -> counts[attempt / failures]++);
        return List.of(counts);
    }
}
