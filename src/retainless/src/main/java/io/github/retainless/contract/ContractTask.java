package io.github.retainless.contract;

import io.github.retainless.experiment.Attempt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * How the tasks of the contracts fail, in one attempt. It leads to the attempt only: whoever keeps it keeps neither a
 * failure nor a payload.
 *
 * @param attempt the attempt, which tracks each failure and each payload as soon as there is one
 * @param payloadBytes how heavy a payload is
 */
record ContractTask(Attempt attempt, int payloadBytes) {
    private static final int MOST_BYTES = 1 << 30;
    private static final int FRAMES = 500;

    ContractTask {
        if (payloadBytes < 1 || payloadBytes > MOST_BYTES) {
            throw new ExtensionConfigurationException(String.format(
                    Locale.ROOT, "payloadBytes() must be from 1 to %,d, but was %,d", MOST_BYTES, payloadBytes));
        }
    }

    /** A failure that carries data. */
    static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // It is there to weigh.
        private final transient byte[] payload;

        private Declined(String message, @Nullable Throwable cause, byte[] payload) {
            super(message, cause);
            this.payload = payload;
        }
    }

    byte[] payload() {
        return attempt.track(new byte[payloadBytes]);
    }

    Declined failure(String message, @Nullable Throwable cause) {
        return attempt.track(new Declined(message, cause, payload()));
    }

    Object fail() {
        throw failure("declined", null);
    }

    Object failWithCause() {
        try {
            throw failure("connection lost", null);
        } catch (Declined cause) {
            throw failure("declined", cause);
        }
    }

    Object failAndFailToClose() {
        try (Connection connection = new Connection(this)) {
            throw failure("declined by " + connection, null);
        }
    }

    Object failDeeply() {
        return failBelow(FRAMES);
    }

    private Object failBelow(int frames) {
        return frames == 0 ? fail() : failBelow(frames - 1);
    }

    /** Long enough for others to run at the same time. */
    Object failSlowly() throws InterruptedException {
        Thread.sleep(1);
        return fail();
    }

    Object failOver(byte[] argument) {
        throw attempt.track(new IllegalArgumentException("cannot use " + argument.length + " bytes"));
    }

    int sleepOver(byte[] argument) throws InterruptedException {
        Thread.sleep(1);
        return argument.length;
    }

    /** The failure of one more try, which mentions the failure of the one before. */
    Declined failureAgain(@Nullable Throwable earlier) {
        Declined failure = failure("declined again", null);
        if (earlier != null) {
            failure.addSuppressed(earlier);
        }
        return failure;
    }

    private record Connection(ContractTask task) implements AutoCloseable {
        @Override
        public void close() {
            throw task.failure("cannot close", null);
        }

        @Override
        public String toString() {
            return "the bank";
        }
    }
}
