package io.github.retainless.lab.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.retainless.internal.capture.Selection;
import io.github.retainless.internal.capture.ThrowableCapture;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.mockito.MockMakers;
import org.mockito.Mockito;

/** Mockito instruments the classes of mocks, as the capture of throwables does. */
class MockitoBesideCaptureTests {
    static class Declined extends RuntimeException {
        private static final long serialVersionUID = 1;

        Declined(String message) {
            super(message);
        }
    }

    @Test
    void mockitoInstrumentsTheSame_bothWork() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        Selection selection = Selection.of(List.of(Declined.class), List.of());

        try (ThrowableCapture capture =
                ThrowableCapture.start(selection, made -> seen.add(String.valueOf(made.getMessage())))) {
            assertThat(capture).isNotNull();
            // The one that instruments classes, where the others of the tests get by with proxies.
            Declined mock = Mockito.mock(Declined.class, Mockito.withSettings().mockMaker(MockMakers.INLINE));
            Mockito.when(mock.getMessage()).thenReturn("mocked");
            assertThat(mock.getMessage()).isEqualTo("mocked");
            seen.clear();
            assertThat(new Declined("real")).hasMessage("real");
        }

        assertThat(seen).containsExactly("real");
    }
}
