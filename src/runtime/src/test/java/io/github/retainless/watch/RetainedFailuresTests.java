package io.github.retainless.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetainedFailuresTests {
    @Test
    void collection_isRecorded_withWhatIsLeft(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("watch.jfr");
        List<Object> leak = new ArrayList<>();
        try (Recording recording = new Recording();
                RetentionWatch watch = RetentionWatch.builder("recorded")
                        .pace(Failing.FAST)
                        .minAge(Duration.ZERO)
                        .build()) {
            recording.enable("io.github.retainless.RetainedFailures");
            recording.start();
            Failing.fail(watch, 7, leak);
            // The event follows the snapshot that tells of the same collection, so the last one may be missing.
            Failing.collect(watch, Failing.FIRST_SETTLED + 1);
            recording.dump(file);
        }
        Reference.reachabilityFence(leak);

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        RecordedEvent last = events.get(events.size() - 1);
        assertThat(last.getEventType().getName()).isEqualTo("io.github.retainless.RetainedFailures");
        assertThat(last.getString("watch")).isEqualTo("recorded");
        assertThat(last.getLong("failures")).isEqualTo(7);
        assertThat(last.getInt("watched")).isEqualTo(7);
        assertThat(last.getLong("retained")).isEqualTo(7);
        assertThat(last.getLong("retainedOlderThan10Minutes")).isZero();
        assertThat(last.getDuration("oldestRetained")).isPositive();
        assertThat(last.getString("mostFrequentType")).isEqualTo(Failing.Declined.class.getName());
        assertThat(last.getLong("fullCollections")).isGreaterThanOrEqualTo(2);
        assertThat(last.getLong("collections")).isGreaterThanOrEqualTo(Failing.FIRST_SETTLED);
    }
}
