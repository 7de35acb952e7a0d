package io.github.retainless.examples.plainmain;

import static io.github.retainless.assertj.RetentionAssertions.assertThat;

import io.github.retainless.experiment.RetentionExperiment;
import io.github.retainless.experiment.RetentionReport;

/**
 * A leak check without any test framework: a {@code main} that can be a build step or a job. It prints a report of each
 * dispatcher; where one is not as expected it ends with an {@link AssertionError}, and the JVM with exit code 1.
 */
public final class LeakCheck {
    private LeakCheck() {}

    /** Checks both dispatchers; arguments are ignored. */
    public static void main(String[] arguments) {
        assertThat(check("the repaired dispatcher", new Dispatcher.Repaired())).releasesEverything();
        // A check that cannot fail proves nothing.
        assertThat(check("the leaky dispatcher", new Dispatcher.Leaky())).grows();
    }

    private static RetentionReport check(String name, Dispatcher dispatcher) {
        RetentionReport report = RetentionExperiment.of(() -> dispatcher.charge("card 1"))
                .named(name)
                .failures(100)
                .budget(1)
                .run();
        System.out.println(report.text() + "\n");
        return report;
    }
}
