package io.github.retainless.internal.verdict;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a heap that grows with every failure from one in which something was loaded or filled once, by what it held
 * after each round. Of what a class, a cache or a table takes once, nothing is left in the later half of the attempts.
 */
public final class HeapTrend {
    /** Less than that with each failure is noise. An exception without a payload weighs three times as much. */
    static final long LEAST_PER_FAILURE = 256;

    private final long noise;
    private final long perAttemptAnyway;
    private final List<Point> points = new ArrayList<>();
    private boolean isKnown = true;

    /** So many bytes after so many failures. */
    private record Point(long failures, long bytes) {}

    /**
     * A trend.
     *
     * @param noise fewer bytes than these in all tell nothing
     * @param perAttemptAnyway how many bytes each attempt adds that does not fail
     */
    public HeapTrend(long noise, long perAttemptAnyway) {
        this.noise = noise;
        this.perAttemptAnyway = perAttemptAnyway;
    }

    /** Adds what the heap holds besides what is watched, after so many failures. */
    public void add(long failures, long bytes) {
        points.add(new Point(failures, bytes));
    }

    /** One of the figures cannot be had, so that nothing can be told. */
    public void addUnknown() {
        isKnown = false;
    }

    /** Whether all figures could be had. */
    public boolean isKnown() {
        return isKnown;
    }

    /** How many bytes each failure has added of late; 0 unless the heap grows with every failure. */
    public long bytesPerFailure() {
        if (!isKnown || points.size() < 2) {
            return 0;
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        Point half = halfway(last.failures());
        if (half.failures() == last.failures()) {
            return 0;
        }
        double late = slope(half, last) - perAttemptAnyway;
        double overall = slope(first, last) - perAttemptAnyway;
        double lateBytes = late * (last.failures() - half.failures());
        boolean grows = late >= LEAST_PER_FAILURE && late >= overall / 3 && lateBytes >= noise;
        return grows ? Math.round(late) : 0;
    }

    /** Whether so many bytes more after so many failures, measured in another way, are growth as well. */
    public boolean isConfirmedBy(long bytes, long failures) {
        return (double) bytes / failures - perAttemptAnyway >= LEAST_PER_FAILURE;
    }

    /** How many bytes each attempt has added of late, however few; 0 if none, or if that is not known. */
    public long bytesPerAttempt() {
        if (!isKnown || points.size() < 2) {
            return 0;
        }
        Point last = points.get(points.size() - 1);
        Point half = halfway(last.failures());
        return half.failures() == last.failures() ? 0 : Math.max(0, Math.round(slope(half, last)));
    }

    private Point halfway(long failures) {
        Point half = points.get(0);
        for (Point point : points) {
            if (point.failures() <= failures / 2) {
                half = point;
            }
        }
        return half;
    }

    private static double slope(Point from, Point to) {
        return (double) (to.bytes() - from.bytes()) / (to.failures() - from.failures());
    }
}
