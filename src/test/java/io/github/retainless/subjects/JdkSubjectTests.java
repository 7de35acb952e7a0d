package io.github.retainless.subjects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetentionReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkSubjectTests {
    @ParameterizedTest
    @EnumSource
    void subject_run_getsItsRightVerdict(JdkSubject subject) {
        RetentionReport report = subject.run();

        assertThat(subject.right()).as(report.toString()).contains(report.verdict());
    }
}
