package io.github.retainless.internal.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The captures of this JVM. Whoever makes a throwable never comes here.
 *
 * <p>{@link Throwable} stays instrumented after the last one has ended, at the cost of one volatile read per throwable.
 * To change it takes 20 to 50 ms, during which the JVM stands still, and throws away compiled code that makes
 * throwables: tests that run in turn would pay it twice each, and measure the program while it is slow.
 */
final class OpenCaptures {
    private static final List<ThrowableCapture> OPEN = new ArrayList<>();

    private static @Nullable InstrumentedThrowable instrumented;

    private OpenCaptures() {}

    static synchronized void add(ThrowableCapture capture) {
        InstrumentedThrowable throwable = instrumented;
        if (throwable == null) {
            throwable = InstrumentedThrowable.install();
            instrumented = throwable;
        } else {
            throwable.requireReports(OPEN);
        }
        OPEN.add(capture);
        throwable.listenFor(OPEN);
    }

    static synchronized void remove(ThrowableCapture capture) {
        if (OPEN.remove(capture) && instrumented != null) {
            instrumented.listenFor(OPEN);
        }
    }
}
