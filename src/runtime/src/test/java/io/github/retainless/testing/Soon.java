package io.github.retainless.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waits for what another thread does soon. Awaitility alone looks after 100 ms for the first time, which tests then
 * sleep.
 */
public final class Soon {
    private Soon() {}

    /** Looks at once, and then every millisecond. */
    public static ConditionFactory await() {
        return Awaitility.await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }
}
