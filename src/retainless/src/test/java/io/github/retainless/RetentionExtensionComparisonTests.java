package io.github.retainless;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.experiment.Attempt;
import io.github.retainless.experiment.Expect;
import io.github.retainless.testing.Slow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.engine.TestExecutionResult.Status;

/** Rounds without failures, and what they take off those with failures. */
@Slow("makes the rounds of success before those of failure")
class RetentionExtensionComparisonTests {
    private static final Launch COMPARED = Launch.of(ComparedTestCases.class);

    @Quick
    static class ComparedTestCases {
        private static final List<Object> KEPT = Collections.synchronizedList(new ArrayList<>());

        private static final class Order {
            final byte[] items = new byte[100];
        }

        /** All orders are kept, paid or declined. */
        private static void pay(Attempt attempt) {
            KEPT.add(attempt.track(new Order()));
            if (!attempt.mustSucceed()) {
                throw new IllegalStateException("declined");
            }
        }

        @AsyncTask
        void keptAnyway(Attempt attempt) {
            pay(attempt);
        }

        @AsyncTask(compareWithSuccess = true)
        void keptAnywayButCompared(Attempt attempt) {
            pay(attempt);
        }

        @AsyncTask(compareWithSuccess = true)
        void keptOnFailureOnly(Attempt attempt) {
            Order order = attempt.track(new Order());
            if (!attempt.mustSucceed()) {
                KEPT.add(order);
                throw new IllegalStateException("declined");
            }
        }

        @AsyncTask(compareWithSuccess = true)
        void exceptionKeptBesideTheOrder(Attempt attempt) {
            try {
                pay(attempt);
            } catch (IllegalStateException declined) {
                KEPT.add(declined);
                throw declined;
            }
        }

        @AsyncTask(compareWithSuccess = true)
        void failsWhereItMustSucceed(Attempt attempt) {
            if (!attempt.mustSucceed() || attempt.number() > 3) {
                throw new IllegalStateException("declined");
            }
        }
    }

    @Test
    void whatSuccessKeepsToo_isNotBlamedOnFailure() {
        assertThat(COMPARED.verdict("keptAnyway")).isEqualTo("GROWING");
        assertThat(COMPARED.verdict("keptAnywayButCompared")).isEqualTo("RELEASED");
        assertThat(COMPARED.status("keptAnywayButCompared")).isEqualTo(Status.SUCCESSFUL);
    }

    @Test
    void whatOnlyFailureKeeps_fails() {
        assertThat(COMPARED.message("keptOnFailureOnly"))
                .startsWith("keptOnFailureOnly() retains what it tracks: 5 of every 5 stay reachable,");
    }

    @Test
    void exceptionsBesideWhatSuccessKeeps_fail() {
        assertThat(COMPARED.message("exceptionKeptBesideTheOrder"))
                .startsWith("exceptionKeptBesideTheOrder() retains the exceptions it throws: 5 of every 5 stay")
                .contains("\n  Not counted: in 15 attempts that succeeded, 15 kept a"
                        + "\n  io.github.retainless.RetentionExtensionComparisonTests.ComparedTestCases.Order too.\n");
    }

    @Test
    void comparisonThatFails_provesNothing() {
        assertThat(COMPARED.message("failsWhereItMustSucceed"))
                .startsWith(
                        """
                        failsWhereItMustSucceed() proves nothing: attempt 4 is expected to succeed, but failed with java.lang.IllegalStateException: declined.

                          Let the task succeed where Attempt.mustSucceed() is true.
                        """);
    }

    @Quick
    static class UnaskedTestCases {
        private static int runs;
        private static int runsWithoutAsking;

        @AsyncTask(compareWithSuccess = true)
        void takesNoAttempt() {
            runs++;
            throw new IllegalStateException("declined");
        }

        @AsyncTask(compareWithSuccess = true)
        void doesNotAsk(Attempt attempt) {
            runsWithoutAsking++;
            throw new IllegalStateException("declined");
        }
    }

    @Test
    void taskThatDoesNotAsk_isNotRunForTheComparison() {
        Launch launch = Launch.of(UnaskedTestCases.class);

        assertThat(launch.verdict("takesNoAttempt")).isEqualTo("RELEASED");
        assertThat(UnaskedTestCases.runs).isEqualTo(2 + launch.failures("takesNoAttempt"));
        assertThat(launch.verdict("doesNotAsk")).isEqualTo("RELEASED");
        // One shows that it does not ask.
        assertThat(UnaskedTestCases.runsWithoutAsking).isEqualTo(1 + 2 + launch.failures("doesNotAsk"));
    }

    @Quick
    static class ContradictionTestCases {
        @AsyncTask(expect = Expect.SUCCESS, compareWithSuccess = true)
        void both(Attempt attempt) {
            attempt.track(new Object());
        }
    }

    @Test
    void comparisonOfATaskThatSucceeds_isAnError() {
        Launch launch = Launch.besideASoundOne(ContradictionTestCases.class);

        assertThat(launch.failure("both"))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessage("@AsyncTask on ContradictionTestCases.both(): compareWithSuccess needs attempts that fail,"
                        + " but expect was SUCCESS");
    }
}
