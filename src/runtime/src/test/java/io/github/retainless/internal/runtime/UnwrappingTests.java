package io.github.retainless.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("serial")
class UnwrappingTests {
    private final Exception failure = new Exception("failure");

    @Test
    void wrappers_areTakenOff() {
        assertThat(Unwrapping.unwrap(new ExecutionException(failure))).isSameAs(failure);
        assertThat(Unwrapping.unwrap(new CompletionException(failure))).isSameAs(failure);
        assertThat(Unwrapping.unwrap(new ExecutionException(new CompletionException(new ExecutionException(failure)))))
                .isSameAs(failure);
    }

    @Test
    void anythingElse_isLeftAsItIs() {
        Exception wrapper = new RuntimeException(failure);
        Exception ofItsOwn = new ExecutionException(failure) {};

        assertThat(Unwrapping.unwrap(failure)).isSameAs(failure);
        assertThat(Unwrapping.unwrap(wrapper)).isSameAs(wrapper);
        assertThat(Unwrapping.unwrap(ofItsOwn)).isSameAs(ofItsOwn);
    }

    @Test
    void wrapperWithoutCause_isTheFailure() {
        Exception wrapper = new ExecutionException("nothing inside", null);

        assertThat(Unwrapping.unwrap(wrapper)).isSameAs(wrapper);
    }

    @Test
    void wrappersWithoutEnd_end() {
        Throwable nested = failure;
        for (int i = 0; i < 1_000; i++) {
            nested = new CompletionException(null, nested);
        }

        assertThat(Unwrapping.unwrap(nested)).isInstanceOf(CompletionException.class);
    }

    @Test
    void description_isClassAndMessage() {
        assertThat(Unwrapping.describe(failure)).isEqualTo("java.lang.Exception: failure");
        assertThat(Unwrapping.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void description_withoutAMessageToBeHad_saysSo() {
        class Hostile extends RuntimeException {
            @Override
            public String getMessage() {
                throw new UnsupportedOperationException("hostile");
            }
        }

        assertThat(Unwrapping.describe(new Hostile()))
                .isEqualTo(
                        Hostile.class.getName() + " (its getMessage() throws java.lang.UnsupportedOperationException)");
    }
}
