package io.github.retainless.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The captures of this JVM. Whoever makes a throwable never comes here. */
final class OpenCaptures {
    private static final List<ThrowableCapture> OPEN = new ArrayList<>();

    private static @Nullable InstrumentedThrowable instrumented;

    private OpenCaptures() {}

    static synchronized void add(ThrowableCapture capture) {
        InstrumentedThrowable throwable = instrumented;
        if (throwable == null) {
            throwable = InstrumentedThrowable.install();
            instrumented = throwable;
        }
        OPEN.add(capture);
        publish(throwable);
    }

    static synchronized void remove(ThrowableCapture capture) {
        if (OPEN.remove(capture) && instrumented != null) {
            publish(instrumented);
        }
    }

    private static void publish(InstrumentedThrowable throwable) {
        throwable.listen(OPEN.isEmpty() ? null : new Creations(OPEN.toArray(new ThrowableCapture[0])));
    }
}
