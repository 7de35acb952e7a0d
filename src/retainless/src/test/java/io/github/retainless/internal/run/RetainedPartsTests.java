package io.github.retainless.internal.run;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.text.ReportText;
import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What of an exception stays when the exception does not. */
class RetainedPartsTests {
    private final List<Object> kept = Collections.synchronizedList(new ArrayList<>());

    private static final class Declined extends Exception {
        private static final long serialVersionUID = 1;

        final transient byte[] response;
        final String text;
        final transient Object shared;

        Declined(Throwable cause, Object shared) {
            super("declined", cause);
            response = new byte[4096];
            text = "x".repeat(300);
            this.shared = shared;
        }
    }

    private RetentionReport keeping(Consumer<Declined> keeper) {
        return RetentionExperiment.of((RetentionExperiment.Action) () -> {
                    Declined declined = new Declined(new IllegalStateException("cause"), kept);
                    declined.addSuppressed(new IllegalArgumentException("suppressed"));
                    keeper.accept(declined);
                    throw declined;
                })
                .named("declined()")
                .failures(10)
                .budget(1)
                .run();
    }

    @Slow("dumps the heap")
    @Test
    void onlyThePayload_isRetention_andNamed() {
        RetentionReport report = keeping(declined -> kept.add(declined.response));

        assertThat(report).hasVerdict(Verdict.GROWING);
        assertThat(report.retainedParts())
                .containsExactly(new RetainedParts(RetainedPart.CARRIED, "Declined.response", (int) report.attempts()));
        System.out.println(ReportText.of(report));
    }

    @Slow("dumps the heap")
    @Test
    void onlyTheCause_isRetention_andNamed() {
        RetentionReport report = keeping(declined -> kept.add(declined.getCause()));

        assertThat(report).hasVerdict(Verdict.GROWING);
        assertThat(report.retainedParts())
                .containsExactly(new RetainedParts(RetainedPart.CAUSE, "", (int) report.attempts()));
        System.out.println(ReportText.of(report));
    }

    @Test
    void nothing() {
        RetentionReport report = keeping(declined -> {});

        assertThat(report).hasVerdict(Verdict.RELEASED);
        assertThat(report.retainedParts()).isEmpty();
        System.out.println(ReportText.of(report));
    }

    @Test
    void copies() {
        RetentionReport report = keeping(declined -> kept.add(declined.response.clone()));

        assertThat(report).hasVerdict(Verdict.RELEASED);
        System.out.println(ReportText.of(report));
    }
}
