package io.github.retainless.experiment;

import io.github.retainless.internal.units.Durations;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How an experiment is run. Each value is checked when it is set, so that there is no invalid instance.
 *
 * @param attempts attempts per round, 1 to 1,000,000; default 50
 * @param rounds how many rounds are asked for, 3 to 1,000; default 4
 * @param warmup attempts before the first round, 0 to 1,000,000; default 10
 * @param concurrency attempts at the same time, 1 to 1,024; default 1
 * @param timeout how long one attempt may take, above 0 and at most an hour; default 10 s; time in which the JVM stands
 *     still does not count
 * @param budget how many times the asked-for attempts may be spent while what grows may still reach a plateau, 1 to
 *     1,000; default 8; something that grows gets 32 attempts in any case
 * @param expect how attempts are expected to end; default {@link Expect#FAILURE}
 * @param softReferences whether failures count that only soft references hold; default {@link SoftReferences#REPORT}
 * @param heapGrowth what becomes of a heap that grows with every failure though nothing watched stays; default
 *     {@link HeapGrowth#REPORT}
 * @param compareWithSuccess whether there are rounds without failures first, and only what goes beyond these counts;
 *     default false; not with {@link Expect#SUCCESS}
 * @since 0.1.0
 */
public record Settings(
        int attempts,
        int rounds,
        int warmup,
        int concurrency,
        Duration timeout,
        int budget,
        Expect expect,
        SoftReferences softReferences,
        HeapGrowth heapGrowth,
        boolean compareWithSuccess) {
    /** The defaults. */
    public static final Settings DEFAULT = new Settings(
            50, 4, 10, 1, Duration.ofSeconds(10), 8, Expect.FAILURE, SoftReferences.REPORT, HeapGrowth.REPORT, false);

    /**
     * Checks all values.
     *
     * @throws IllegalArgumentException if one is out of its range; the message names it, the range and the value
     */
    public Settings {
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(expect, "expect");
        Objects.requireNonNull(softReferences, "softReferences");
        Objects.requireNonNull(heapGrowth, "heapGrowth");
        between("failures", 1, 1_000_000, attempts);
        between("rounds", 3, 1_000, rounds);
        between("warmup", 0, 1_000_000, warmup);
        between("concurrency", 1, 1_024, concurrency);
        between("budget", 1, 1_000, budget);
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be more than 0 and at most an hour, but was " + Durations.format(timeout));
        }
        if (compareWithSuccess && expect == Expect.SUCCESS) {
            throw new IllegalArgumentException("compareWithSuccess needs attempts that fail, but expect was SUCCESS");
        }
        long most = (long) attempts * rounds * budget + warmup;
        if (most > 1_000_000_000) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "failures x rounds x budget + warmup must be at most 1,000,000,000, but was %,d",
                    most));
        }
    }

    /** The same with another number of attempts per round. */
    public Settings withAttempts(int attempts) {
        return with(draft -> draft.attempts = attempts);
    }

    /** The same with another number of rounds. */
    public Settings withRounds(int rounds) {
        return with(draft -> draft.rounds = rounds);
    }

    /** The same with another warm-up. */
    public Settings withWarmup(int warmup) {
        return with(draft -> draft.warmup = warmup);
    }

    /** The same with another number of attempts at the same time. */
    public Settings withConcurrency(int concurrency) {
        return with(draft -> draft.concurrency = concurrency);
    }

    /** The same with another time-out. */
    public Settings withTimeout(Duration timeout) {
        return with(draft -> draft.timeout = timeout);
    }

    /** The same with another time-out, written as in {@code "10 s"}; units are ns, us, ms, s, m and h. */
    public Settings withTimeout(String timeout) {
        return withTimeout(Durations.parse(Objects.requireNonNull(timeout, "timeout")));
    }

    /** The same with another budget. */
    public Settings withBudget(int budget) {
        return with(draft -> draft.budget = budget);
    }

    /** The same with another expectation. */
    public Settings withExpect(Expect expect) {
        return with(draft -> draft.expect = expect);
    }

    /** The same with another treatment of what only soft references hold. */
    public Settings withSoftReferences(SoftReferences softReferences) {
        return with(draft -> draft.softReferences = softReferences);
    }

    /** The same with another treatment of a heap that grows though nothing watched stays. */
    public Settings withHeapGrowth(HeapGrowth heapGrowth) {
        return with(draft -> draft.heapGrowth = heapGrowth);
    }

    /** The same with or without a comparison with success. */
    public Settings withCompareWithSuccess(boolean compareWithSuccess) {
        return with(draft -> draft.compareWithSuccess = compareWithSuccess);
    }

    private Settings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** The same values while one of them is changed. */
    private static final class Draft {
        int attempts;
        int rounds;
        int warmup;
        int concurrency;
        Duration timeout;
        int budget;
        Expect expect;
        SoftReferences softReferences;
        HeapGrowth heapGrowth;
        boolean compareWithSuccess;

        Draft(Settings settings) {
            attempts = settings.attempts;
            rounds = settings.rounds;
            warmup = settings.warmup;
            concurrency = settings.concurrency;
            timeout = settings.timeout;
            budget = settings.budget;
            expect = settings.expect;
            softReferences = settings.softReferences;
            heapGrowth = settings.heapGrowth;
            compareWithSuccess = settings.compareWithSuccess;
        }

        Settings settings() {
            return new Settings(
                    attempts,
                    rounds,
                    warmup,
                    concurrency,
                    timeout,
                    budget,
                    expect,
                    softReferences,
                    heapGrowth,
                    compareWithSuccess);
        }
    }

    private static void between(String name, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s must be from %,d to %,d, but was %,d", name, least, most, value));
        }
    }
}
