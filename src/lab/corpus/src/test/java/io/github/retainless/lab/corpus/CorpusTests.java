package io.github.retainless.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTests {
    private static final Map<CorpusSubject, Future<RetentionReport>> RUNS = new LinkedHashMap<>();

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(6);

    /** What grows is watched for two seconds at least: time for others. */
    @BeforeAll
    static void runSomeAtATime() {
        Corpus.ofThisJdk().forEach(subject -> RUNS.put(subject, THREADS.submit(subject::run)));
    }

    @AfterAll
    static void shutDown() {
        THREADS.shutdownNow();
        RUNS.clear();
    }

    static Stream<Named<CorpusSubject>> subjects() {
        return Corpus.ofThisJdk().map(subject -> Named.of(label(subject), subject));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void subject_run_getsItsRightVerdict(CorpusSubject subject) throws Exception {
        RetentionReport report = RUNS.get(subject).get();

        assertThat(subject.right()).as(report.toString()).contains(report.verdict());
    }

    private static String label(CorpusSubject subject) {
        return subject.label() + (subject.issue().isEmpty() ? "" : ", " + subject.issue());
    }
}
