package io.github.retainless.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FailureSummaryTests {
    private static final StackTraceElement FRAME = new StackTraceElement("io.acme.Shop", "main", "Shop.java", 7);

    private static <T extends Throwable> T framed(T failure) {
        failure.setStackTrace(new StackTraceElement[] {FRAME});
        return failure;
    }

    private static FailureSummary summaryOf(Throwable failure) {
        RecentStacks stacks = new RecentStacks();
        return new FailureSummary(
                FailureRecord.of(failure, FailureText.heading(failure), stacks.framesOf(failure), stacks, null));
    }

    @Test
    void ofAFailure_givesTypeMessageAndText() {
        FailureSummary summary = summaryOf(framed(new IllegalStateException("declined")));

        assertThat(summary.failureType()).isEqualTo("java.lang.IllegalStateException");
        assertThat(summary.failureMessage()).isEqualTo("declined");
        assertThat(summary.failureText())
                .isEqualTo("java.lang.IllegalStateException: declined\n\tat io.acme.Shop.main(Shop.java:7)");
    }

    @Test
    void itself_takesNeitherStackNorCauseNorSuppressed() {
        FailureSummary summary = summaryOf(new IllegalStateException());

        summary.addSuppressed(new IllegalStateException());
        summary.setStackTrace(new StackTraceElement[] {FRAME});

        assertThat(summary.failureMessage()).isNull();
        assertThat(summary.getSuppressed()).isEmpty();
        assertThat(summary.getStackTrace()).isEmpty();
        assertThatCode(() -> summary.initCause(new IllegalStateException())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofAHostileFailure_saysWhatCanBeSaid() {
        FailureSummary summary = summaryOf(framed(new Hostile()));

        assertThat(summary.failureType()).isEqualTo(Hostile.class.getName());
        assertThat(summary.failureMessage())
                .isEqualTo("(unreadable: getMessage() threw java.lang.UnsupportedOperationException)");
        assertThat(summary.failureText())
                .isEqualTo(Hostile.class.getName()
                        + " (unreadable: toString() threw java.lang.UnsupportedOperationException)");
    }

    @Test
    void ofACircle_endsWhereItCloses() {
        IllegalStateException outer = framed(new IllegalStateException("outer"));
        IllegalArgumentException inner = framed(new IllegalArgumentException("inner", outer));
        outer.initCause(inner);

        assertThat(summaryOf(outer).failureText())
                .isEqualTo(
                        """
                        java.lang.IllegalStateException: outer
                        \tat io.acme.Shop.main(Shop.java:7)
                        Caused by: java.lang.IllegalArgumentException: inner
                        \t... 1 more
                        Caused by: java.lang.IllegalStateException: outer (shown above)""");
    }

    @Test
    void ofAHugeFailure_isBounded() {
        StackTraceElement[] frames = new StackTraceElement[50_000];
        Arrays.fill(frames, FRAME);
        IllegalStateException huge = new IllegalStateException("x".repeat(1_000_000));
        huge.setStackTrace(frames);

        FailureSummary summary = summaryOf(huge);

        assertThat(summary.failureMessage()).isEqualTo("x".repeat(1_000) + "... (999000 more characters)");
        assertThat(summary.failureText()).hasSizeLessThan(10_020).endsWith("... (cut)");
    }

    @Test
    void ofALongChain_isBounded() {
        Throwable chain = framed(new IllegalStateException("root"));
        for (int i = 0; i < 100_000; i++) {
            chain = framed(new Link(chain));
        }

        assertThat(summaryOf(chain).failureText()).hasSizeLessThan(10_020).endsWith("... (cut)");
    }

    /** Has no stack of its own: a hundred thousand of those take seconds to fill. */
    private static final class Link extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Link(Throwable cause) {
            super("link", cause);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new UnsupportedOperationException();
        }
    }
}
