package io.github.retainless.watch;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A snapshot as an event of the flight recorder. Apart, since a small runtime has no recorder. */
@Name("io.github.retainless.RetainedFailures")
@Label("Retained Failures")
@Category("Retainless")
@Description("After a collection: how many of the failures that a RetentionWatch has seen are still reachable")
@StackTrace(false)
final class RetainedFailures extends Event {
    @Label("Watch")
    @Description("The name of the watch")
    @Nullable
    String watch;

    @Label("Failures")
    @Description("Failures seen, watched or not")
    long failures;

    @Label("Watched")
    @Description("Failures watched and still reachable, as far as known")
    int watched;

    @Label("Survivors")
    @Description("Failures still reachable after collections that would have cleared them; estimated from the sample")
    long survivors;

    @Label("Survivors Older Than 10 Minutes")
    long survivorsOlderThan10Minutes;

    @Label("Survivors Older Than 1 Hour")
    long survivorsOlderThan1Hour;

    @Label("Survivors Older Than 1 Day")
    long survivorsOlderThan1Day;

    @Label("Oldest Survivor")
    @Description("How long ago it was seen")
    @Timespan(Timespan.MILLISECONDS)
    long oldestSurvivor;

    @Label("Most Frequent Type")
    @Description("The class that most survivors have; of none, absent")
    @Nullable
    String mostFrequentType;

    @Label("Collections")
    @Description("Collections of any kind that the watch has noticed")
    long collections;

    @Label("Full Collections")
    @Description("Collections of the whole heap, as far as proven")
    long fullCollections;

    static void emit(RetentionSnapshot snapshot) {
        RetainedFailures event = new RetainedFailures();
        if (!event.isEnabled()) {
            return;
        }
        event.watch = snapshot.watch();
        event.failures = snapshot.failures();
        event.watched = snapshot.watched();
        event.survivors = snapshot.survivors();
        event.survivorsOlderThan10Minutes = snapshot.survivorsOlderThan(Duration.ofMinutes(10));
        event.survivorsOlderThan1Hour = snapshot.survivorsOlderThan(Duration.ofHours(1));
        event.survivorsOlderThan1Day = snapshot.survivorsOlderThan(Duration.ofDays(1));
        event.oldestSurvivor = snapshot.oldestSurvivor().toMillis();
        event.mostFrequentType =
                snapshot.survivorsByType().keySet().stream().findFirst().orElse(null);
        event.collections = snapshot.collections();
        event.fullCollections = snapshot.fullCollections();
        event.commit();
    }
}
