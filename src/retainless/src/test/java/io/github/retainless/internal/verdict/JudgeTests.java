package io.github.retainless.internal.verdict;

import static io.github.retainless.experiment.Verdict.BOUNDED;
import static io.github.retainless.experiment.Verdict.GROWING;
import static io.github.retainless.experiment.Verdict.RELEASED;
import static io.github.retainless.experiment.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("any-jdk") // computes on values only
class JudgeTests {
    private static final Simulation DEFAULT = Simulation.DEFAULT;
    private static final long MAX_HEAP = 512L << 20;

    private static Simulation smallest() {
        return new Simulation(1, 3, 1, Simulation.roundRobin(1));
    }

    static Stream<Simulation> settings() {
        return Stream.of(
                DEFAULT,
                DEFAULT.on(4),
                new Simulation(10, 4, 8, Simulation.roundRobin(1)),
                new Simulation(100, 3, 8, Simulation.roundRobin(1)),
                new Simulation(100, 4, 2, Simulation.roundRobin(4)),
                new Simulation(50, 7, 8, Simulation.roundRobin(1)),
                new Simulation(5, 20, 20, Simulation.roundRobin(1)),
                new Simulation(1, 100, 8, Simulation.roundRobin(1)),
                new Simulation(500, 3, 4, Simulation.roundRobin(8)),
                new Simulation(200, 10, 1, Simulation.roundRobin(1)));
    }

    /** How many of these seeds do not get the verdict. */
    private static long misses(Simulation simulation, Verdict verdict, int seeds, LongFunction<Holder> holder) {
        return LongStream.range(0, seeds)
                .filter(seed -> simulation.run(holder.apply(seed)).judgement().verdict() != verdict)
                .count();
    }

    @Nested
    class Released {
        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void nothing_isReleased_afterTheAskedForRounds(Simulation simulation) {
            Simulation.Result result = simulation.run(Holder.nothing());

            assertThat(result.judgement()).isEqualTo(Judgement.is(RELEASED));
            assertThat(result.failures()).isEqualTo(simulation.failures() * simulation.rounds());
        }

        @Test
        void nothing_isReleased_withTheSmallestSettings() {
            assertThat(smallest().verdicts(Holder::nothing)).containsOnly(RELEASED);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void residueOfThreads_emptyAtOneLook_isReleased(int threads) {
            for (int emptyAt = 1; emptyAt <= 6; emptyAt++) {
                int empty = emptyAt * 50;
                Holder residue = failures -> failures == empty
                        ? Holder.nothing().after(failures)
                        : Holder.newest(threads).after(failures);

                assertThat(DEFAULT.on(threads).verdicts(() -> residue))
                        .as("empty after %s failures", empty)
                        .containsOnly(RELEASED);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4, 16, 200})
        void residueOfThreads_thatComesAndGoes_neverGrows(int threads) {
            for (long i = 0; i < 2_000; i++) {
                long seed = i;
                assertThat(DEFAULT.on(threads).verdicts(() -> Holder.residue(threads, seed)))
                        .as("seed %s", seed)
                        .doesNotContain(GROWING, UNDECIDED);
            }
        }

        @Test
        void residueOfOneThread_thatIsThereHalfTheTime_isReleasedNearlyAlways() {
            // All six looks find it: 1 in 64.
            assertThat(misses(DEFAULT, RELEASED, 2_000, seed -> Holder.residue(1, seed)))
                    .isLessThan(2_000 / 40);
        }

        @Test
        void failuresHeldForAWhile_butAllGoneAtLast_areReleased() {
            Holder timer = failures -> Holder.newest(failures < 200 ? 50 : 0).after(failures);

            assertThat(DEFAULT.verdicts(() -> timer)).containsOnly(RELEASED);
        }
    }

    @Nested
    class Bounded {
        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void lastError_isBounded_soonAfterTheAskedForRounds(Simulation simulation) {
            Simulation.Result result = simulation.run(Holder.newest(1));

            assertThat(result.judgement()).isEqualTo(Judgement.is(BOUNDED));
            assertThat(result.failures()).isEqualTo(simulation.failures() * (simulation.rounds() + 2));
        }

        @ParameterizedTest
        @CsvSource({"1, 50", "4, 50", "4, 5", "200, 50", "200, 100", "200, 10", "200, 500"})
        void onePerThread_isBounded(int threads, int failures) {
            Simulation busy = new Simulation(failures, 4, 8, Simulation.roundRobin(threads));
            Simulation idle = new Simulation(failures, 4, 8, Simulation.mostlyIdle(threads));

            assertThat(busy.verdicts(() -> Holder.newest(threads))).containsOnly(BOUNDED);
            assertThat(idle.verdicts(() -> Holder.oldest(threads - 1).and(Holder.newest(1))))
                    .containsOnly(BOUNDED);
        }

        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void ringBuffer_isBounded(Simulation simulation) {
            for (int size = 1; size <= largest(simulation); size += step(size)) {
                int ring = size;
                assertThat(simulation.verdicts(() -> Holder.newest(ring)))
                        .as("ring of %s", size)
                        .containsOnly(BOUNDED);
            }
        }

        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void bufferThatFillsUp_isBounded(Simulation simulation) {
            for (int size = 1; size <= largest(simulation); size += step(size)) {
                int buffer = size;
                assertThat(simulation.verdicts(() -> Holder.oldest(buffer)))
                        .as("the first %s", size)
                        .containsOnly(BOUNDED);
            }
        }

        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void bufferOfTheFirstAndTheLast_isBounded(Simulation simulation) {
            for (int size = 1; 2 * size <= largest(simulation) - 2 * simulation.failures(); size += step(size)) {
                int each = size;
                assertThat(simulation.verdicts(() -> Holder.oldest(each).and(Holder.newest(each))))
                        .as("the first and the last %s", size)
                        .containsOnly(BOUNDED);
            }
        }

        @ParameterizedTest
        @CsvSource({"150, 150", "10, 500", "500, 10", "1, 1", "3, 1", "700, 700", "20, 1400", "1400, 20"})
        void bufferOfTheFirstAndTheLast_ofDifferentSizes_isBounded(int first, int last) {
            assertThat(DEFAULT.verdicts(() -> Holder.oldest(first).and(Holder.newest(last))))
                    .containsOnly(BOUNDED);
        }

        @ParameterizedTest
        @ValueSource(ints = {128, 256, 300, 1_000, 4_096})
        void latePlateau_withinTheBudget_isBounded(int plateau) {
            Simulation simulation = new Simulation(100, 4, 12, Simulation.roundRobin(4));

            assertThat(simulation.verdicts(() -> Holder.newest(plateau))).containsOnly(BOUNDED);
            assertThat(simulation.verdicts(() -> Holder.oldest(plateau))).containsOnly(BOUNDED);
        }

        @Slow("judges thousands of histories for each size")
        @ParameterizedTest
        @ValueSource(ints = {1, 3, 10, 30, 50, 100, 500, 1_000})
        void randomReplacement_isBounded(int size) {
            assertThat(misses(DEFAULT, BOUNDED, 1_000, seed -> Holder.reservoir(size, seed)))
                    .isZero();
            assertThat(misses(DEFAULT, BOUNDED, 1_000, seed -> Holder.evictingAtRandom(size, seed)))
                    .isZero();
            assertThat(misses(DEFAULT.on(4), BOUNDED, 1_000, seed -> Holder.reservoir(size, seed)))
                    .isZero();
        }

        @Slow("judges thousands of histories for each size")
        @ParameterizedTest
        @ValueSource(ints = {2, 5, 25, 100, 300, 500})
        void oneOfEachMessage_isBounded(int messages) {
            assertThat(misses(DEFAULT, BOUNDED, 1_000, seed -> Holder.lastByMessage(messages, seed)))
                    .isZero();
            assertThat(misses(DEFAULT, BOUNDED, 1_000, seed -> Holder.firstByMessage(messages, seed)))
                    .isZero();
        }

        @Slow("judges 20,000 histories for each weight")
        @Test
        void lastError_ofAnyWeight_isBounded() {
            // Seven weighings or more must rise: far less than 1 in 5,040.
            for (Simulation simulation :
                    new Simulation[] {DEFAULT, smallest(), new Simulation(20, 3, 1, Simulation.roundRobin(1))}) {
                assertThat(misses(simulation, BOUNDED, 20_000, seed -> {
                            Random random = Holder.random(seed);
                            return Holder.newest(1).weighing(() -> 1_000 + random.nextInt(100_000_000));
                        }))
                        .as("%s", simulation)
                        .isLessThanOrEqualTo(2);
            }
        }

        @Test
        void lastError_seldomHeavy_isBounded() {
            for (Simulation simulation :
                    new Simulation[] {DEFAULT, smallest(), new Simulation(20, 3, 1, Simulation.roundRobin(1))}) {
                assertThat(misses(simulation, BOUNDED, 5_000, seed -> {
                            Random random = Holder.random(seed);
                            return Holder.newest(1).weighing(() -> random.nextInt(10) == 0 ? 64 << 20 : 1_000);
                        }))
                        .as("%s", simulation)
                        .isZero();
            }
        }

        @Test
        void firstError_withAMessageThatGetsLonger_isBounded() {
            Holder longer = Holder.oldest(1).weighing((IntToLongFunction) failures -> 1_000 + failures);

            assertThat(DEFAULT.verdicts(() -> longer)).containsOnly(BOUNDED);
        }

        /** A plateau that is reached when 85 % of the budget is spent. */
        private int largest(Simulation simulation) {
            return Math.min(1_500, simulation.failures() * simulation.rounds() * simulation.budget() * 85 / 100);
        }

        private int step(int size) {
            return size < 60 ? 1 : 7;
        }
    }

    @Nested
    class Growing {
        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void everyFailureKept_isGrowth_whenTheBudgetIsSpent(Simulation simulation) {
            Simulation.Result result = simulation.run(Holder.oneIn(1, 0));

            assertThat(result.judgement()).isEqualTo(Judgement.growing(Growth.COUNT));
            assertThat(result.failures()).isEqualTo(simulation.failures() * simulation.rounds() * simulation.budget());
        }

        @Test
        void everyFailureKept_beyondTenThousand_isGrowthBeforeTheBudgetIsSpent() {
            Simulation.Result result =
                    new Simulation(1_000, 4, 1_000, Simulation.roundRobin(1)).run(Holder.oneIn(1, 0));

            assertThat(result.judgement()).isEqualTo(Judgement.growing(Growth.COUNT));
            assertThat(result.failures()).isEqualTo(16_000);
        }

        @ParameterizedTest
        @CsvSource({"1, 50", "4, 50", "4, 5", "4, 1", "200, 50", "200, 100", "200, 10", "200, 500", "1000, 50"})
        void everyFailureKept_onPools_isGrowth(int threads, int failures) {
            Simulation busy = new Simulation(failures, 4, 32, Simulation.roundRobin(threads));
            Simulation idle = new Simulation(failures, 4, 32, Simulation.mostlyIdle(threads));

            assertThat(busy.verdicts(() -> Holder.oneIn(1, 0))).containsOnly(GROWING);
            assertThat(idle.verdicts(() -> Holder.oneIn(1, 0))).containsOnly(GROWING);
        }

        @ParameterizedTest
        @MethodSource("io.github.retainless.internal.verdict.JudgeTests#settings")
        void failureOnAThreadOfItsOwn_eachKept_isGrowth_whenTheBudgetIsSpent(Simulation simulation) {
            Simulation threads = new Simulation(
                    simulation.failures(),
                    simulation.rounds(),
                    simulation.budget(),
                    Simulation.roundRobin(Integer.MAX_VALUE));

            assertThat(threads.verdicts(() -> Holder.oneIn(1, 0))).containsOnly(GROWING);
            assertThat(threads.run(Holder.oneIn(1, 0)).failures())
                    .isEqualTo(simulation.failures() * simulation.rounds() * simulation.budget());
        }

        @Test
        void everyFailureKept_withTheSmallestSettings_isGrowth() {
            for (int failures : new int[] {1, 2, 3, 5, 10}) {
                for (int threads : new int[] {1, 2, 4}) {
                    Simulation small = new Simulation(failures, 3, 1, Simulation.roundRobin(threads));
                    assertThat(small.verdicts(() -> Holder.oneIn(1, 0)))
                            .as("%s", small)
                            .containsOnly(GROWING);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 10, 50})
        void oneInSome_isGrowth_whereverItBegins(int every) {
            for (int i = 0; i < every; i++) {
                int phase = i;
                for (int threads : new int[] {1, 4}) {
                    assertThat(DEFAULT.on(threads).verdicts(() -> Holder.oneIn(every, phase)))
                            .as("phase %s on %s threads", phase, threads)
                            .containsOnly(GROWING);
                }
            }
        }

        /**
         * Measured over 40,000 seeds: 1 in 10 never, 1 in 20 once in 2,500, 1 in 50 once in 20 (200 failures show 4).
         */
        @Slow("judges 4,000 histories for each rate")
        @ParameterizedTest
        @CsvSource({"2, 0", "5, 0", "10, 0", "20, 10", "50, 250"})
        void oneInSomeAtRandom_isMissedThatOftenAtTheMost(int every, int misses) {
            long missed = misses(DEFAULT, GROWING, 4_000, seed -> Holder.oneInAtRandom(every, seed));

            assertThat(missed).isLessThanOrEqualTo(misses);
        }

        @ParameterizedTest
        @MethodSource("leaksBesideRings")
        void leakBesideARingBuffer_isGrowth(int every, int ring) {
            assertThat(DEFAULT.verdicts(() -> Holder.oneIn(every, 0).and(Holder.newest(ring))))
                    .containsOnly(GROWING);
        }

        static Stream<Arguments> leaksBesideRings() {
            return IntStream.of(1, 2, 10).boxed().flatMap(every -> IntStream.of(1, 10, 100, 200, 300, 500, 1_400)
                    .mapToObj(ring -> Arguments.of(every, ring)));
        }

        /** Cancelled timer tasks, say, are purged as long as the timer's thread happens to pass by. */
        @ParameterizedTest
        @ValueSource(ints = {30, 50, 100, 130, 180})
        void leakThatBeginsLate_isGrowth(int begin) {
            assertThat(DEFAULT.verdicts(() -> Holder.oneIn(1, 0).from(begin))).containsOnly(GROWING);
        }

        @Test
        void leakBesideABufferThatFillsUp_isGrowth() {
            for (int buffer : new int[] {1, 10, 40}) {
                assertThat(DEFAULT.verdicts(() -> Holder.oneIn(2, 0).and(Holder.oldest(buffer))))
                        .as("buffer of %s", buffer)
                        .containsOnly(GROWING);
            }
        }

        @Test
        void sharedExceptionThatGathersPayload_isGrowthOfBytes() {
            for (long each : new long[] {4, 100, 64 << 10}) {
                Holder gathers = Holder.oldest(1).weighing((IntToLongFunction) failures -> 1_000 + each * failures);
                for (Simulation simulation : simulations()) {
                    assertThat(simulation.run(gathers).judgement()).isEqualTo(Judgement.growing(Growth.BYTES));
                }
            }
        }

        @Test
        void arrayThatDoubles_isGrowthOfBytes() {
            Holder doubles =
                    Holder.oldest(1).weighing((IntToLongFunction) failures -> 8L * Integer.highestOneBit(failures) * 2);
            Holder byHalf = Holder.oldest(1).weighing((IntToLongFunction) failures -> {
                long capacity = 10;
                while (capacity < failures) {
                    capacity += capacity / 2;
                }
                return 8 * capacity;
            });
            for (Simulation simulation : simulations()) {
                assertThat(simulation.verdicts(() -> doubles))
                        .as("%s", simulation)
                        .containsOnly(GROWING);
                assertThat(simulation.verdicts(() -> byHalf))
                        .as("%s", simulation)
                        .containsOnly(GROWING);
            }
        }

        @Test
        void sharedExceptionThatGathersPayload_besideTheResidueOfThreads_isGrowthOfBytes() {
            assertThat(misses(DEFAULT.on(4), GROWING, 2_000, seed -> {
                        Holder both = Holder.oldest(1).and(Holder.residue(4, seed));
                        return both.weighing((IntToLongFunction)
                                failures -> 1_000 * both.after(failures).cardinality() + 1_000L * failures);
                    }))
                    .isZero();
        }

        @Test
        void sharedExceptionThatGathersPayload_besideAnotherThatComesLate_isGrowthOfBytes() {
            Holder two = failures -> Holder.oldest(failures < 100 ? 1 : 2).after(failures);
            Holder gathers = two.weighing((IntToLongFunction) failures -> 1_000 + 1_000L * failures);

            assertThat(DEFAULT.verdicts(() -> gathers)).containsOnly(GROWING);
        }

        private List<Simulation> simulations() {
            return Stream.concat(settings(), Stream.of(smallest())).toList();
        }
    }

    @Nested
    class FullHeap {
        private Judgement judge(Supplier<Holder> model, int... failures) {
            Holder holder = model.get();
            Simulation simulation = DEFAULT;
            List<Census> history = new ArrayList<>();
            for (int ran : failures) {
                history.add(simulation.census(holder, ran));
            }
            return simulation.judge().judgeFullHeap(history, MAX_HEAP);
        }

        private Holder each(Holder holder, long bytes) {
            return holder.weighing((IntToLongFunction)
                    failures -> bytes * holder.after(failures).cardinality());
        }

        @Test
        void allHeld_isGrowth() {
            Supplier<Holder> leak = () -> each(Holder.oneIn(1, 0), 64 << 20);

            assertThat(judge(leak, 6)).isEqualTo(Judgement.growing(Growth.COUNT));
        }

        @Test
        void allHeld_inALaterRound_isGrowth() {
            Supplier<Holder> leak = () -> each(Holder.oneIn(1, 0), 4 << 20);

            assertThat(judge(leak, 50, 100, 110)).isEqualTo(Judgement.growing(Growth.COUNT));
            assertThat(judge(leak, 50, 100, 101)).isEqualTo(Judgement.growing(Growth.COUNT));
            assertThat(judge(leak, 50, 100, 100)).isEqualTo(Judgement.growing(Growth.COUNT));
        }

        @Test
        void survivorsThatAreNotWhatFillsTheHeap_areUndecided() {
            Supplier<Holder> leak = () -> each(Holder.oneIn(1, 0), 1 << 20);

            assertThat(judge(leak, 50, 100)).isEqualTo(Judgement.is(UNDECIDED));
        }

        @Test
        void nothingHeld_isUndecided() {
            assertThat(judge(Holder::nothing, 50, 70)).isEqualTo(Judgement.is(UNDECIDED));
        }

        @Test
        void oneLargeLastError_isUndecided() {
            Supplier<Holder> slot = () -> each(Holder.newest(1), 200 << 20);

            assertThat(judge(slot, 3)).isEqualTo(Judgement.is(UNDECIDED));
            assertThat(judge(slot, 50, 70)).isEqualTo(Judgement.is(UNDECIDED));
        }

        @Test
        void ringBufferThatWasFullLongBefore_isUndecided() {
            Supplier<Holder> ring = () -> each(Holder.newest(40), 10 << 20);

            assertThat(judge(ring, 50, 100, 150, 170)).isEqualTo(Judgement.is(UNDECIDED));
        }

        @Test
        void sharedExceptionThatGathers_isGrowthOfBytes() {
            Supplier<Holder> gathers =
                    () -> Holder.oldest(1).weighing((IntToLongFunction) failures -> (long) failures << 20);

            assertThat(judge(gathers, 50, 100, 200, 400)).isEqualTo(Judgement.growing(Growth.BYTES));
        }

        @Test
        void lastErrorWhoseWeightComesAndGoes_isUndecided() {
            Supplier<Holder> slot = () -> Holder.newest(1)
                    .weighing((IntToLongFunction) failures -> failures % 100 == 0 ? 1 << 20 : 300 << 20);

            assertThat(judge(slot, 100, 150, 200, 250)).isEqualTo(Judgement.is(UNDECIDED));
        }
    }

    @Test
    void census_withDifferentCohorts_isRefused() {
        assertThatThrownBy(() -> new Census(2, List.of(1, 1), List.of(1), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("as many cohorts are held as retained: [1, 1], [1]");
    }
}
