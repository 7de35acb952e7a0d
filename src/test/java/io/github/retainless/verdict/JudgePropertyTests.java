package io.github.retainless.verdict;

import static io.github.retainless.verdict.Verdict.BOUNDED;
import static io.github.retainless.verdict.Verdict.GROWING;
import static io.github.retainless.verdict.Verdict.RELEASED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.Mutations;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holders of all kinds, put together at random, under any settings: within the limits that the README names, no verdict is wrong. */
class JudgePropertyTests {
    private static final int ASKED_FOR_AT_LEAST = 20;

    private static Simulation simulation(Random random, int threads) {
        int failures = 1 + random.nextInt(1 << random.nextInt(8));
        int rounds = 3 + random.nextInt(1 << random.nextInt(5));
        int budget = 1 + random.nextInt(1 << random.nextInt(5));
        return new Simulation(
                failures,
                rounds,
                budget,
                random.nextInt(4) == 0 ? Simulation.mostlyIdle(threads) : Simulation.roundRobin(threads));
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
System.out.println(wrong.size()); wrong.stream().limit(20).map(w -> w.replaceAll("lastFailures.*", "")).forEach(System.out::println);
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
            int asked = simulation.failures() * simulation.rounds();
            long limit = simulation.judge().limit();
            int every = 1 + random.nextInt(10);
            if (asked < ASKED_FOR_AT_LEAST * every || limit < 8 * ASKED_FOR_AT_LEAST * every) {
                continue;
            }
            boolean atRandom = random.nextBoolean();
            StringBuilder what = new StringBuilder(atRandom ? " at random" : "").append(" one in ").append(every);
            Holder holder = atRandom ? Holder.oneInAtRandom(every, seed) : Holder.oneIn(every, random.nextInt(every));
            if (random.nextBoolean()) {
                int size = 1 + random.nextInt((int) limit / 8) >> random.nextInt(8);
                what.append(" newest ").append(size);
                holder = holder.and(Holder.newest(size));
            }
            if (random.nextInt(3) == 0) {
                int size = 1 + random.nextInt((int) limit / 8 / every) >> random.nextInt(8);
                what.append(" oldest ").append(size);
                holder = holder.and(Holder.oldest(size));
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
System.out.println(wrong.size()); wrong.stream().limit(20).map(w -> w.replaceAll("lastFailures.*", "")).forEach(System.out::println);
        assertThat(wrong).isEmpty();
    }
}
