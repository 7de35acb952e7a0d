package io.github.retainless.internal.baseline;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Signature;
import io.github.retainless.experiment.SoftReferences;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.verdict.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What grows, by path, as far as it can be compared.
 *
 * @param paths the paths, each once; none if they can't be compared
 * @param obstacle why they can't be compared and what to do, in sentences; empty if they can
 */
record GrowingPaths(List<GrowingPath> paths, String obstacle) {
    GrowingPaths {
        paths = List.copyOf(paths);
    }

    /** Nothing grows. */
    static final GrowingPaths NONE = new GrowingPaths(List.of(), "");

    /** Those of a report that the limits do not allow. */
    static GrowingPaths of(RetentionReport report, Limits limits) {
        String obstacle = obstacle(report, limits);
        if (!obstacle.isEmpty()) {
            return new GrowingPaths(List.of(), obstacle);
        }
        List<Signature> growing = growing(report);
        long pathless = growing.stream()
                .filter(signature -> signature.path().isEmpty())
                .mapToLong(Signature::attempts)
                .sum();
        if (pathless > 0) {
            return new GrowingPaths(
                    List.of(),
                    String.format(
                            Locale.ROOT,
                            "%,d of what is retained has no path in the heap dump, so there is nothing to compare."
                                    + " Whatever holds it has to let go.",
                            pathless));
        }
        Map<List<String>, GrowingPath> byHolders = new LinkedHashMap<>();
        for (Signature signature : growing) {
            GrowingPath path =
                    new GrowingPath(PathText.of(signature), bytesPerFailure(signature.retainedBytes(), report));
            byHolders.merge(
                    path.holders(),
                    path,
                    (one, other) -> new GrowingPath(one.path(), one.bytesPerFailure() + other.bytesPerFailure()));
        }
        return new GrowingPaths(List.copyOf(byHolders.values()), "");
    }

    private static String obstacle(RetentionReport report, Limits limits) {
        if (report.verdict() == Verdict.UNDECIDED) {
            return "what is undecided can't be compared. Do what is said above first.";
        }
        if (!limits.allowFailures(report)) {
            return "it is of leaks, and here failures weigh too much when they happen. Raise maxFailureSize, or let them"
                    + " carry less.";
        }
        if (report.verdict() == Verdict.BOUNDED) {
            return "it is of leaks that grow, and this has stopped growing. Raise maxRetained or maxFootprint.";
        }
        if (report.growth() == Growth.HEAP) {
            return "nothing that is watched grows, so there are no paths to compare. Hand what stays to"
                    + " Attempt.track(..), or let heapGrowth be REPORT.";
        }
        // Only missing paths matter here, and not, for example, a missing copy of the dump.
        if (report.explanation().signatures().isEmpty()) {
            return "who retains what grows is not known, so there are no paths to compare. See above what is missing;"
                    + " retainless.heapdump must not be off.";
        }
        return "";
    }

    /**
     * What grows is held from old attempts and from new ones. The last failure of a thread, or the few that a ring
     * buffer keeps, are of the newest only.
     */
    private static List<Signature> growing(RetentionReport report) {
        List<Signature> held = report.explanation().signatures().stream()
                .filter(signature -> signature.reachability() != Reachability.SOFT
                        || report.settings().softReferences() == SoftReferences.COUNT)
                .toList();
        List<Signature> growing = held.stream()
                // One that all failures share grows too.
                .filter(signature -> report.growth() == Growth.BYTES || isOfAllAges(signature))
                .filter(signature -> !signature.path().isEmpty()
                        // So few may be what the JVM itself keeps, one for each thread.
                        || signature.attempts() > report.settings().attempts())
                .toList();
        if (!growing.isEmpty()) {
            return growing;
        }
        // Something does grow; rather all of it than nothing.
        List<Signature> withPath =
                held.stream().filter(signature -> !signature.path().isEmpty()).toList();
        return withPath.isEmpty() ? held : withPath;
    }

    private static boolean isOfAllAges(Signature signature) {
        List<Integer> cohorts = signature.cohorts();
        int half = Math.max(1, cohorts.size() / 2);
        return cohorts.size() < 2
                || sum(cohorts.subList(0, half)) > 0 && sum(cohorts.subList(cohorts.size() - half, cohorts.size())) > 0;
    }

    private static int sum(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * What only this path retains, by all attempts that were made. Unlike the growth of the footprint from the first
     * round to the last it does not depend on what else happens to survive, such as a thread's last failure, and not on
     * walks that were cut. By all attempts and not by those that are held: a leak of every tenth failure that becomes
     * one of each is ten times worse.
     */
    private static long bytesPerFailure(long retainedBytes, RetentionReport report) {
        return Math.round((double) retainedBytes / Math.max(1, report.attempts()));
    }
}
