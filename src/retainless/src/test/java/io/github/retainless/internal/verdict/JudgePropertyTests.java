package io.github.retainless.internal.verdict;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.Mutations;
import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holders of all kinds, put together at random, under settings as large as the defaults or larger: within the limits
 * that the manual names, no verdict is wrong.
 */
@Slow("judges 8,000 histories")
@Tag("any-jdk") // computes on values only
class JudgePropertyTests {
    /** The defaults or more of everything. */
    private static Simulation simulation(Random random, int threads) {
        int failures = 50 + random.nextInt(1 << random.nextInt(8));
        int rounds = 4 + random.nextInt(1 << random.nextInt(4));
        int budget = 8 + random.nextInt(1 << random.nextInt(4));
        return new Simulation(failures, rounds, budget, Simulation.roundRobin(threads));
    }

    @Test
    void whatStopsGrowing_isNeverGrowth() {
        List<String> wrong = new ArrayList<>();
        int cases = Mutations.cases(4_000);
        for (long seed = 0; seed < cases; seed++) {
            Random random = Mutations.random(seed);
            int threads = 1 + random.nextInt(1 << random.nextInt(5));
            Simulation simulation = simulation(random, threads);
            long limit = simulation.judge().limit();
            StringBuilder what = new StringBuilder();
            Holder holder = Holder.nothing();
            int kinds = 1 + random.nextInt(3);
            int most = (int) Math.max(1, (limit / 2 - 2 * simulation.failures()) / kinds);
            for (int i = 0; i < kinds; i++) {
                holder = holder.and(bounded(random, most, threads, seed + 1_000_003L * i, what));
            }
            Verdict verdict = simulation.run(holder).judgement().verdict();
            if (verdict != BOUNDED && verdict != RELEASED) {
                wrong.add("seed " + seed + ": " + verdict + " with" + what + " of " + limit + ", " + simulation);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static Holder bounded(Random random, int most, int threads, long seed, StringBuilder what) {
        int size = 1 + random.nextInt(most) >> random.nextInt(8);
        switch (random.nextInt(7)) {
            case 0:
                what.append(" newest ").append(size);
                return Holder.newest(size);
            case 1:
                what.append(" oldest ").append(size);
                return Holder.oldest(size);
            case 2:
                what.append(" reservoir ").append(size / 4);
                return Holder.reservoir(size / 4, seed);
            case 3:
                what.append(" evicting ").append(1 + size / 4);
                return Holder.evictingAtRandom(1 + size / 4, seed);
            case 4:
                what.append(" last by message ").append(1 + size / 8);
                return Holder.lastByMessage(1 + size / 8, seed);
            case 5:
                what.append(" first by message ").append(1 + size / 8);
                return Holder.firstByMessage(1 + size / 8, seed);
            default:
                what.append(" residue ").append(threads);
                return Holder.residue(threads, seed);
        }
    }

    @Test
    void leak_isAlwaysGrowth() {
        List<String> wrong = new ArrayList<>();
        int cases = Mutations.cases(4_000);
        for (long seed = 0; seed < cases; seed++) {
            Random random = Mutations.random(seed);
            int threads = 1 + random.nextInt(1 << random.nextInt(5));
            Simulation simulation = simulation(random, threads);
            long limit = simulation.judge().limit();
            int every = 1 + random.nextInt(5);
            boolean atRandom = random.nextBoolean();
            StringBuilder what = new StringBuilder(atRandom ? " at random" : "")
                    .append(" one in ")
                    .append(every);
            Holder holder = atRandom ? Holder.oneInAtRandom(every, seed) : Holder.oneIn(every, random.nextInt(every));
            if (random.nextBoolean()) {
                int size = 1 + random.nextInt((int) limit / 8) >> random.nextInt(8);
                what.append(" newest ").append(size);
                holder = holder.and(Holder.newest(size));
            }
            if (random.nextInt(3) == 0) {
                what.append(" residue ").append(threads);
                holder = holder.and(Holder.residue(threads, seed));
            }
            Verdict verdict = simulation.run(holder).judgement().verdict();
            if (verdict != GROWING) {
                wrong.add("seed " + seed + ": " + verdict + " with" + what + " of " + limit + ", " + simulation);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
