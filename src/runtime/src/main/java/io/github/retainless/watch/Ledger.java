package io.github.retainless.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is watched, by age, in bounded memory: a table keyed by identity, which never calls a method that a failure's
 * class could override. What is added twice counts once.
 *
 * <p>When it is full it does not drop the oldest entries, because they show a leak. The cohort with the most entries is
 * thinned to half its sample, again and again until there is room; each cohort knows how many failures an entry stands
 * for. So a burst of failures that no collection has seen yet costs its own precision, not that of the retained
 * failures.
 *
 * <p>Not safe for use by several threads, apart from {@link #wants}.
 */
final class Ledger {
    private static final int SMALLEST_TABLE = 64;

    /** As many ages are told apart; more are merged in pairs, and again, so the oldest ones are the broadest. */
    private static final int MOST_COHORTS = 64;

    private final int sample;
    private final int capacity;
    private final List<Cohort> sealed = new ArrayList<>();
    private volatile Cohort open;
    private @Nullable WatchedFailure[] table = new @Nullable WatchedFailure[SMALLEST_TABLE];
    private int entries;

    /**
     * Makes an empty one.
     *
     * @param sample of how many failures one is watched while there is room
     * @param capacity how many failures are watched at the most
     */
    Ledger(int sample, int capacity, long nanos) {
        this.sample = sample;
        this.capacity = capacity;
        open = new Cohort(nanos, 0, sample);
    }

    /** Whether a failure with this identity hash is in the sample. */
    boolean wants(int hash) {
        return open.samples(hash);
    }

    /** Watches a failure, unless it is watched already or not in the sample. */
    void add(Throwable failure, int hash) {
        int slot = find(failure, hash);
        if (table[slot] != null) {
            return;
        }
        if (entries >= limit(table.length)) {
            makeRoom();
            slot = find(failure, hash);
        }
        if (open.samples(hash) && entries < limit(table.length)) {
            table[slot] = new WatchedFailure(failure, hash, open);
            entries++;
        }
    }

    /** Where it is, or where there is room for it. */
    private int find(Throwable failure, int hash) {
        int slot = hash & (table.length - 1);
        for (WatchedFailure entry = table[slot]; entry != null; entry = table[slot]) {
            if (entry.hash == hash && entry.refersTo(failure)) {
                break;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    /** Counts what is still reachable, per cohort. */
    void count() {
        sealed.forEach(cohort -> cohort.watched = 0);
        open.watched = 0;
        int reachable = 0;
        for (WatchedFailure entry : table) {
            if (entry != null && !entry.isCleared()) {
                entry.cohort.watched++;
                reachable++;
            }
        }
        if (reachable < entries / 2) {
            rebuild(reachable);
        }
    }

    private void makeRoom() {
        count();
        int reachable = reachable();
        while (isLargest() && reachable > capacity / 4 * 3 && thinLargest()) {
            reachable = dropLeftOut();
        }
        rebuild(reachable);
    }

    int reachable() {
        return open.watched + sealed.stream().mapToInt(cohort -> cohort.watched).sum();
    }

    /** Thins the largest cohort, and those more than half as large, so that a few passes will do. */
    private boolean thinLargest() {
        List<Cohort> cohorts = cohorts();
        int most = cohorts.stream().mapToInt(cohort -> cohort.watched).max().orElse(0);
        List<Cohort> large = cohorts.stream()
                .filter(cohort -> cohort.watched > most / 2 && cohort.canBeThinned())
                .toList();
        large.forEach(Cohort::thin);
        return !large.isEmpty();
    }

    private int dropLeftOut() {
        for (WatchedFailure entry : table) {
            if (entry != null && entry.isLeftOut()) {
                // To be swept with those that the collector has cleared.
                entry.clear();
            }
        }
        count();
        return reachable();
    }

    /** Leaves out what is cleared; grows the table for what is reachable, or shrinks it. */
    private void rebuild(int reachable) {
        @Nullable WatchedFailure[] old = table;
        int length = SMALLEST_TABLE;
        while (limit(length) < capacity && limit(length) / 4 * 3 < reachable) {
            length *= 2;
        }
        table = new @Nullable WatchedFailure[length];
        entries = 0;
        for (WatchedFailure entry : old) {
            if (entry != null && !entry.isCleared()) {
                int slot = entry.hash & (length - 1);
                while (table[slot] != null) {
                    slot = (slot + 1) & (length - 1);
                }
                table[slot] = entry;
                entries++;
            }
        }
    }

    private boolean isLargest() {
        return limit(table.length) == capacity;
    }

    /** At most half of a table is used. */
    private int limit(int length) {
        return Math.min(capacity, length / 2);
    }

    /**
     * Begins a new age, unless there has been no failure since the last.
     *
     * @param failures how many failures there have been until now
     * @param release the number of the release of an old sentinel that comes after this
     */
    void seal(long nanos, long failures, long release) {
        if (open.failures(failures) == 0) {
            return;
        }
        open.seal(nanos, failures, release);
        sealed.add(open);
        open = new Cohort(nanos, failures, sample);
        if (sealed.size() >= MOST_COHORTS) {
            mergePairs();
        }
    }

    private void mergePairs() {
        Map<Cohort, Cohort> heirs = new HashMap<>();
        for (int i = 1; i < sealed.size(); i += 2) {
            sealed.get(i).absorb(sealed.get(i - 1));
            heirs.put(sealed.get(i - 1), sealed.get(i));
        }
        for (WatchedFailure entry : table) {
            if (entry != null) {
                entry.cohort = heirs.getOrDefault(entry.cohort, entry.cohort);
            }
        }
        sealed.removeAll(heirs.keySet());
        rebuild(dropLeftOut());
    }

    /** All ages, the oldest first; the last is still open. */
    List<Cohort> cohorts() {
        List<Cohort> cohorts = new ArrayList<>(sealed);
        cohorts.add(open);
        return cohorts;
    }

    void forEachReachable(Consumer<WatchedFailure> action) {
        for (WatchedFailure entry : table) {
            if (entry != null && !entry.isCleared()) {
                action.accept(entry);
            }
        }
    }

    /** How many entries the table has room for. */
    int room() {
        return table.length;
    }

    void clear() {
        table = new @Nullable WatchedFailure[SMALLEST_TABLE];
        entries = 0;
        sealed.clear();
    }
}
