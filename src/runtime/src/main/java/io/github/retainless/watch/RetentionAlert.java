package io.github.retainless.watch;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says that failures pile up.
 *
 * @param snapshot what was found
 * @param retainedPerHour how many retained failures are added each hour, on average since the oldest of them was seen
 * @since 0.1.0
 */
public record RetentionAlert(RetentionSnapshot snapshot, double retainedPerHour) {
    /** The alert in words. */
    public String message() {
        return String.format(
                Locale.ROOT,
                "%s: the exceptions of failed tasks pile up. %,d of %,d are still reachable after %,d collections of the"
                        + " whole heap, the oldest for %s, and about %,.0f more each hour: %s. A test with"
                        + " @NoExceptionRetention shows it in a build, a heap dump who holds them.",
                snapshot.watch(),
                snapshot.retained(),
                snapshot.settledFailures(),
                snapshot.fullCollections(),
                inWords(snapshot.oldestRetained()),
                retainedPerHour,
                snapshot.retainedByType().entrySet().stream()
                        .map(entry -> String.format(Locale.ROOT, "%,d %s", entry.getValue(), entry.getKey()))
                        .collect(Collectors.joining(", ")));
    }

    private static String inWords(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        if (age.toMinutes() >= 120) {
            return age.toHours() + " hours";
        }
        return age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : age.toSeconds() + " s";
    }
}
