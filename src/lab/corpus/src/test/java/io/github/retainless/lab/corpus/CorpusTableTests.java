package io.github.retainless.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of the subjects is true. */
class CorpusTableTests {
    static Stream<CorpusSubject> subjects() {
        return Corpus.subjects();
    }

    /** So that an update of the class path can't make the table lie. */
    @ParameterizedTest
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

    @Test
    void readme_table_isThatOfTheSubjects() throws IOException {
        String table = Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("|"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());

        assertThat(table)
                .as("the program corpus-table prints what must stand there")
                .isEqualTo(CorpusTable.markdown());
    }

    @Test
    void subjects_names_areUnique() {
        assertThat(Corpus.subjects().map(CorpusSubject::name)).doesNotHaveDuplicates();
    }

    @Test
    void missingJar_run_failsAndNamesIt() {
        Library missing = Library.isolated("Failsafe", "0", CorpusTests.class, "failsafe-0.jar");
        CorpusSubject subject = new CorpusSubject() {
            @Override
            public String name() {
                return "SUBJECT";
            }

            @Override
            public Entry entry() {
                return Entry.of(missing, "a task", Verdict.RELEASED);
            }

            @Override
            public RetentionExperiment experiment(Scope scope) {
                return RetentionExperiment.of(() -> null);
            }
        };

        assertThatThrownBy(subject::run).hasMessageContaining("failsafe-0.jar is missing");
    }
}
