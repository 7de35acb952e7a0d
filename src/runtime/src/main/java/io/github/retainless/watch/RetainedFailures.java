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

    @Label("Retained")
    @Description("Failures still reachable after collections that would have cleared them; estimated from the sample")
    long retained;

    @Label("Retained Older Than 10 Minutes")
    long retainedOlderThan10Minutes;

    @Label("Retained Older Than 1 Hour")
    long retainedOlderThan1Hour;

    @Label("Retained Older Than 1 Day")
    long retainedOlderThan1Day;

    @Label("Oldest Retained")
    @Description("How long ago it was seen")
    @Timespan(Timespan.MILLISECONDS)
    long oldestRetained;

    @Label("Most Frequent Type")
    @Description("The class that most retained failures have; of none, absent")
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
        event.retained = snapshot.retained();
        event.retainedOlderThan10Minutes = snapshot.retainedOlderThan(Duration.ofMinutes(10));
        event.retainedOlderThan1Hour = snapshot.retainedOlderThan(Duration.ofHours(1));
        event.retainedOlderThan1Day = snapshot.retainedOlderThan(Duration.ofDays(1));
        event.oldestRetained = snapshot.oldestRetained().toMillis();
        event.mostFrequentType =
                snapshot.retainedByType().keySet().stream().findFirst().orElse(null);
        event.collections = snapshot.collections();
        event.fullCollections = snapshot.fullCollections();
        event.commit();
    }
}
