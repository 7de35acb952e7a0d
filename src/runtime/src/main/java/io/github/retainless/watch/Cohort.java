package io.github.retainless.watch;

/** Failures of one age: those between two releases of an old sentinel. */
final class Cohort {
    private static final long OPEN = Long.MAX_VALUE;

    /** Beyond this a sample says nothing, and the next doubling would overflow. */
    private static final int LONGEST_PERIOD = 1 << 29;

    private long began;
    private long ended;
    private long failuresBefore;
    private long failures;
    private long sealedBy = OPEN;

    /** One failure in so many is watched, and so each that is watched stands for so many. */
    private volatile int period;

    /** Of those watched, how many were still reachable when last counted. */
    int watched;

    /**
     * Opens a cohort.
     *
     * @param nanos the time
     * @param failures how many failures there have been before
     * @param period of how many failures one is watched
     */
    Cohort(long nanos, long failures, int period) {
        this.began = nanos;
        this.failuresBefore = failures;
        this.period = period;
    }

    /**
     * Whether a failure with this identity hash is in the sample. What is in the sample of a period is in that of half
     * the period too; and an exception that is thrown again and again is in or out for good, so that it is counted
     * once.
     */
    boolean samples(int hash) {
        int period = this.period;
        // Spread first: of some JVM's hashes the last bits are always the same.
        return period == 1 || (hash * 0x9E3779B97F4A7C15L >>> 33) % period == 0;
    }

    int period() {
        return period;
    }

    boolean canBeThinned() {
        return period <= LONGEST_PERIOD;
    }

    void thin() {
        period *= 2;
    }

    /**
     * Closes it: all its failures are older than the release of an old sentinel.
     *
     * @param release the number of that release
     */
    void seal(long nanos, long failures, long release) {
        ended = nanos;
        this.failures = failures - failuresBefore;
        sealedBy = release;
    }

    /** How many releases after its end have been proven by the sentinel's disappearance. */
    long proofs(long provenReleases) {
        return Math.max(0, provenReleases - sealedBy + 1);
    }

    boolean isOpen() {
        return sealedBy == OPEN;
    }

    long began() {
        return began;
    }

    /** Of an open one, now. */
    long ended(long now) {
        return isOpen() ? now : ended;
    }

    /** How many failures there were in its time, watched or not; of an open one, until now. */
    long failures(long failuresUntilNow) {
        return isOpen() ? failuresUntilNow - failuresBefore : failures;
    }

    /** How many of its failures are reachable; estimated from the sample. */
    long reachable() {
        return (long) watched * period;
    }

    /** Takes over the failures of the cohort that came before. */
    void absorb(Cohort older) {
        began = older.began;
        failuresBefore = older.failuresBefore;
        failures += older.failures;
        watched += older.watched;
        // Both are the same number doubled a few times, so the sample of the longer is within that of the shorter.
        period = Math.max(period, older.period);
    }
}
