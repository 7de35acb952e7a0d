package io.github.retainless.watch;

import io.github.retainless.internal.runtime.Unwrapping;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches in production whether the exceptions of failed tasks are let go, and says when they pile up.
 *
 * <pre>{@code
 * RetentionWatch watch = RetentionWatch.builder("payments")
 *         .onGrowth(alert -> log.warn(alert.message()))
 *         .build();
 * ExecutorService executor = watch.around(Executors.newFixedThreadPool(4));
 * }</pre>
 *
 * <p><b>How.</b> Failures are watched by weak references, and what is left of them is counted after the collections
 * that happen anyway. None is ever forced. A failure counts as <em>retained</em> only if it is old and two collections
 * of the whole heap, one after the other, would have cleared it if nobody held it. That such a collection has taken
 * place is known from objects as old as the failures, which nobody holds any more: they are gone. Young collections
 * prove nothing; where the old generation is collected once a day, retained failures are known once a day.
 *
 * <p><b>Alerts.</b> {@link Builder#onGrowth} is called when retained failures reach {@link Builder#alertFrom}, have
 * increased at least three times in a row as younger failures became old enough to count, and are not those of one
 * burst; then each time that they have doubled, and anew after nearly all had gone. Last-error slots, ring buffers and
 * caches that hold less do not alarm, nor do those which let go within {@link Builder#minAge}. What keeps more than
 * that, but not ever more, alarms while it fills.
 *
 * <p><b>Figures.</b> {@link #snapshot()}; an event {@code io.github.retainless.RetainedFailures} of the flight recorder
 * after each collection, where the runtime has one; {@link RetentionMeters} where Micrometer is there.
 *
 * <p><b>Cost.</b> A task that succeeds pays for one more small object. A failure that is not in the sample costs an
 * increment and the exception's identity hash. A failure in the sample also costs a lock and up to 53 bytes, so the
 * default capacity takes at most half a megabyte. One daemon thread, started with the first failure, waits for
 * collections; after each look it rests 99 times as long as that took, up to a second. No method of an exception is
 * called that its class can override, except that {@code ExecutionException} and {@code CompletionException} are
 * unwrapped; none is held.
 *
 * <p>All methods may be called from any thread. {@link #close()} ends the watch and its thread; so does letting go of
 * the watch and what it was put around.
 *
 * @since 0.1.0
 */
public final class RetentionWatch implements AutoCloseable {
    /** Fewer than these are not told from chance. */
    private static final int FEWEST_WATCHED = 32;

    private static final int PROOFS = 2;
    private static final int MOST_TYPES = 10;
    private static final double NANOS_PER_HOUR = 3.6e12;
    private static final boolean HAS_FLIGHT_RECORDER =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private final String name;
    private final Duration minAge;
    private final Pace pace;
    private final Consumer<? super RetentionAlert> onGrowth;

    private final LongAdder failures = new LongAdder();
    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final Object lock = new Object();
    private final Ledger ledger;
    private final Sentinels sentinels;
    private final GrowthRule rule;
    private @Nullable Lookout lookout;
    private long judged;

    private volatile RetentionSnapshot snapshot;
    private volatile long alerts;
    private volatile boolean closed;

    private RetentionWatch(Builder builder) {
        name = builder.name;
        minAge = builder.minAge;
        pace = builder.pace;
        onGrowth = builder.onGrowth;
        ledger = new Ledger(builder.sample, builder.capacity, System.nanoTime());
        sentinels = new Sentinels(pace.tenured(), queue);
        rule = new GrowthRule(builder.alertFrom);
        snapshot = new RetentionSnapshot(name, Instant.now(), 0, 0, 0, 0, List.of(), Map.of());
    }

    /**
     * Begins a watch.
     *
     * @param name what alerts, events, meters and the thread call it; not blank
     * @throws IllegalArgumentException if the name is blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The name given to the builder. */
    public String name() {
        return name;
    }

    /**
     * Watches what tasks of an executor throw. Otherwise it does what it did. A task that keeps its failure to itself,
     * such as those that {@code CompletableFuture.runAsync} makes, does not throw it: hand it over by
     * {@link #completed}. For the same reason put the watch around a wrapper of an executor, not into it.
     *
     * @param executor what runs the tasks; its rejection handler, hooks and queue see them wrapped
     */
    public Executor around(Executor executor) {
        Objects.requireNonNull(executor, "executor");
        return task -> executor.execute(new WatchedTask(Objects.requireNonNull(task, "task"), this));
    }

    /**
     * Watches what tasks of an executor throw, in {@code execute}, {@code submit}, {@code invokeAll} and
     * {@code invokeAny}. Futures are those of the executor itself, {@code shutdownNow} gives back the tasks that were
     * handed in wherever it would have. See {@link #around(Executor)}.
     *
     * @param executor what runs the tasks; shutting down the one shuts down the other
     */
    public ExecutorService around(ExecutorService executor) {
        return new WatchedExecutorService(Objects.requireNonNull(executor, "executor"), this);
    }

    /**
     * The same with {@code schedule}, {@code scheduleAtFixedRate} and {@code scheduleWithFixedDelay}. See
     * {@link #around(ExecutorService)}.
     *
     * @param executor what runs the tasks; shutting down the one shuts down the other
     */
    public ScheduledExecutorService around(ScheduledExecutorService executor) {
        return new WatchedScheduledExecutorService(Objects.requireNonNull(executor, "executor"), this);
    }

    /**
     * Watches a failure, from anywhere. One that is handed over again counts as one that is watched once. After
     * {@link #close()} nothing happens.
     *
     * @param failure the exception; the one inside if it is an {@code ExecutionException} or
     *     {@code CompletionException}
     */
    public void failed(Throwable failure) {
        Objects.requireNonNull(failure, "failure");
        if (closed) {
            return;
        }
        failures.increment();
        try {
            Throwable original = Unwrapping.unwrap(failure);
            int hash = System.identityHashCode(original);
            if (ledger.wants(hash)) {
                watch(original, hash);
            }
        } catch (Throwable ignored) {
            // Must not take the place of the failure itself.
        }
    }

    /**
     * Watches the failure of a future, if it has one: {@code future.whenComplete(watch::completed)}.
     *
     * @param result ignored
     * @param failure the failure, or null if it has succeeded
     */
    public void completed(@Nullable Object result, @Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        }
    }

    private void watch(Throwable failure, int hash) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            ledger.add(failure, hash);
            if (lookout == null) {
                Lookout first = new Lookout(this, pace, queue);
                first.start(name);
                lookout = first;
            }
        }
    }

    /** What was found after the last collection. Before the first one all figures are 0. */
    public RetentionSnapshot snapshot() {
        return snapshot;
    }

    /** How many failures there have been until now, watched or not. */
    public long failures() {
        return failures.sum();
    }

    /** How many alerts there have been. */
    public long alerts() {
        return alerts;
    }

    /**
     * Ends the watch: everything watched is dropped, the thread ends, executors it was put around go on without it. A
     * callback that is running is not waited for.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            ledger.clear();
            if (lookout != null) {
                lookout.stop();
            }
        }
    }

    /** After each collection. Cheap. */
    void notice() {
        synchronized (lock) {
            sentinels.look();
            if (sentinels.canRelease()) {
                ledger.seal(System.nanoTime(), failures.sum(), sentinels.nextRelease());
                sentinels.release();
            }
        }
    }

    /** After a collection, or some of them: sees what is left. */
    @Nullable
    RetentionAlert look() {
        RetentionAlert alert = null;
        synchronized (lock) {
            if (closed) {
                return null;
            }
            long now = System.nanoTime();
            ledger.count();
            snapshot = take(now);
            if (sentinels.proven() > judged) {
                judged = sentinels.proven();
                alert = judge(now);
            }
        }
        if (HAS_FLIGHT_RECORDER) {
            RetainedFailures.emit(snapshot);
        }
        return alert;
    }

    private RetentionSnapshot take(long now) {
        long failuresUntilNow = failures.sum();
        List<AgeBand> bands = ledger.cohorts().stream()
                .map(cohort -> new AgeBand(
                        Duration.ofNanos(now - cohort.ended(now)),
                        Duration.ofNanos(now - cohort.began()),
                        cohort.failures(failuresUntilNow),
                        cohort.reachable(),
                        isSettled(cohort, now)))
                .toList();
        return new RetentionSnapshot(
                name,
                Instant.now(),
                failuresUntilNow,
                ledger.reachable(),
                sentinels.collections(),
                sentinels.proven(),
                bands,
                retainedByType(now));
    }

    private boolean isSettled(Cohort cohort, long now) {
        return cohort.proofs(sentinels.proven()) >= PROOFS && now - cohort.ended(now) >= minAge.toNanos();
    }

    private Map<String, Long> retainedByType(long now) {
        Map<String, Long> counts = new HashMap<>();
        ledger.forEachReachable(failure -> {
            if (isSettled(failure.cohort, now)) {
                counts.merge(failure.type, (long) failure.cohort.period(), Long::sum);
            }
        });
        Map<String, Long> mostFrequent = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_TYPES)
                .forEach(entry -> mostFrequent.put(entry.getKey(), entry.getValue()));
        return mostFrequent;
    }

    private @Nullable RetentionAlert judge(long now) {
        int watched = ledger.cohorts().stream()
                .filter(cohort -> isSettled(cohort, now))
                .mapToInt(cohort -> cohort.watched)
                .sum();
        long retained = watched < FEWEST_WATCHED ? 0 : snapshot.retained();
        if (!rule.alerts(snapshot.settledFailures(), retained, snapshot.retainedOfOneAge())) {
            return null;
        }
        double hours = snapshot.oldestRetained().toNanos() / NANOS_PER_HOUR;
        return new RetentionAlert(snapshot, retained / hours);
    }

    /** On the watch's own thread. */
    void raise(RetentionAlert alert) {
        if (closed) {
            return;
        }
        alerts++;
        try {
            onGrowth.accept(alert);
        } catch (Throwable thrown) {
            tell(thrown);
        }
    }

    /** As if it had ended the thread, which goes on. */
    private static void tell(Throwable uncaught) {
        try {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, uncaught);
        } catch (Throwable ignored) {
            // As the JVM does.
        }
    }

    /** How many entries the table has room for. */
    int room() {
        synchronized (lock) {
            return ledger.room();
        }
    }

    private static void logAlert(RetentionAlert alert) {
        System.getLogger(RetentionWatch.class.getName()).log(System.Logger.Level.WARNING, alert.message());
    }

    /**
     * The settings of a watch. Each is checked when it is set.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private static final Duration LONGEST_MIN_AGE = Duration.ofDays(30);

        private final String name;
        private int sample = 1;
        private int capacity = 10_000;
        private int alertFrom = 1_000;
        private Duration minAge = Duration.ofMinutes(5);
        private Pace pace = Pace.PRODUCTION;
        private Consumer<? super RetentionAlert> onGrowth = RetentionWatch::logAlert;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
            if (name.isBlank()) {
                throw new IllegalArgumentException("RetentionWatch.builder: the name must not be blank, as alerts and"
                        + " meters are told apart by it");
            }
        }

        /**
         * Watches a random sample: one of {@code oneIn} failures. At random, so that no leak with a rhythm is missed.
         * Figures are then estimates. When there is no room, the watch takes a smaller sample by itself.
         *
         * @param oneIn 1 to 1,000,000; default 1, every failure
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder sample(int oneIn) {
            sample = between("sample", 1, 1_000_000, oneIn);
            return this;
        }

        /**
         * The most failures that are watched at a time; each takes about 50 bytes. When there are more, the watch drops
         * some of the largest age group at random, and each that is left stands for more.
         *
         * @param failures 100 to 1,000,000; default 10,000
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder capacity(int failures) {
            capacity = between("capacity", 100, 1_000_000, failures);
            return this;
        }

        /**
         * How many retained failures alarm, if they become more. Give more than is kept on purpose: ring buffers, last
         * errors of threads, a cache of failed look-ups, a backlog of results nobody has read yet. At least 32 of them
         * must be watched: with {@code sample(100)} there are 3,200.
         *
         * @param retained 1 to 1,000,000,000; default 1,000
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder alertFrom(int retained) {
            alertFrom = between("alertFrom", 1, 1_000_000_000, retained);
            return this;
        }

        /**
         * How old retained failures must be to count for an alert. Give more than any of them is kept on purpose, in a
         * cache that expires say.
         *
         * @param age 0 to 30 days; default 5 minutes
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder minAge(Duration age) {
            Objects.requireNonNull(age, "age");
            if (age.isNegative() || age.compareTo(LONGEST_MIN_AGE) > 0) {
                throw new IllegalArgumentException(
                        "RetentionWatch.builder: minAge must be from 0 to 30 days, but was " + age);
            }
            minAge = age;
            return this;
        }

        /**
         * What is told when failures pile up. Called on the daemon thread of the watch, one alert at a time; nothing is
         * looked at in the meantime. What it throws goes to that thread's uncaught exception handler, and the watch
         * goes on. Default: a warning to the {@link System.Logger} named after this class.
         */
        public Builder onGrowth(Consumer<? super RetentionAlert> callback) {
            onGrowth = Objects.requireNonNull(callback, "callback");
            return this;
        }

        /** For tests. */
        Builder pace(Pace another) {
            pace = another;
            return this;
        }

        /** A watch with these settings. It starts no thread before the first failure. */
        public RetentionWatch build() {
            return new RetentionWatch(this);
        }

        private static int between(String setting, int least, int most, int value) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "RetentionWatch.builder: %s must be from %,d to %,d, but was %,d",
                        setting,
                        least,
                        most,
                        value));
            }
            return value;
        }
    }
}
