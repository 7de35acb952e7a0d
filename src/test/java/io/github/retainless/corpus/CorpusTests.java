package io.github.retainless.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionReport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
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
        Corpus.subjects().forEach(subject -> RUNS.put(subject, THREADS.submit(subject::run)));
    }

    @AfterAll
    static void shutDown() {
        THREADS.shutdownNow();
        RUNS.clear();
    }

    static Stream<Named<CorpusSubject>> subjects() {
        return Corpus.subjects().map(subject -> Named.of(label(subject), subject));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void subject_run_getsItsRightVerdict(CorpusSubject subject) throws Exception {
        RetentionReport report = RUNS.get(subject).get();

        assertThat(subject.right()).as(report.toString()).contains(report.verdict());
    }

    /** So that an update of the class path can't make the table lie. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("subjects")
    void subject_run_hasTheVersionItStates(CorpusSubject subject) throws Exception {
        try (Scope scope = new Scope()) {
            Library library = Isolation.copyOf(subject, scope).entry().library();

            if (library.equals(Library.JDK)) {
                assertThat(library.from().getModule().getName()).startsWith("java.");
            } else {
                assertThat(Isolation.pathOf(library.from()).getFileName().toString())
                        .endsWith("-" + library.version() + ".jar");
            }
        }
    }

    private static String label(CorpusSubject subject) {
        return Stream.of(subject.library(), subject.issue(), subject.name())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
