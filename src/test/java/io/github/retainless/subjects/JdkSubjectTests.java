package io.github.retainless.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionReport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkSubjectTests {
    private static final Map<JdkSubject, Future<RetentionReport>> RUNS = new EnumMap<>(JdkSubject.class);

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(6);

    /** What grows is watched for two seconds at least: time for others. */
    @BeforeAll
    static void runSomeAtATime() {
        for (JdkSubject subject : JdkSubject.values()) {
            RUNS.put(subject, THREADS.submit(subject::run));
        }
    }

    @AfterAll
    static void shutDown() {
        THREADS.shutdownNow();
        RUNS.clear();
    }

    @ParameterizedTest
    @EnumSource
    void subject_run_getsItsRightVerdict(JdkSubject subject) throws ExecutionException, InterruptedException {
        RetentionReport report = RUNS.get(subject).get();

        assertThat(subject.right()).as(report.toString()).contains(report.verdict());
    }
}
