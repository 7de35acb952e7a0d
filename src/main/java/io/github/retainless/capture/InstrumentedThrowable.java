package io.github.retainless.capture;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@link Throwable} with constructors that report. */
final class InstrumentedThrowable {
    private final ListenerSlot slot;

    private InstrumentedThrowable(ListenerSlot slot) {
        this.slot = slot;
    }

    /**
     * Instruments it.
     *
     * @throws CaptureUnavailableException if that cannot be done
     */
    static InstrumentedThrowable install() {
        require("net.bytebuddy.agent.ByteBuddyAgent", "byte-buddy-agent");
        require("net.bytebuddy.ByteBuddy", "byte-buddy");
        Instrumentation instrumentation = DynamicAgent.instrumentation();
        try {
            ListenerSlot slot = ListenerSlot.define(instrumentation);
            ThrowableWeaver weaver = new ThrowableWeaver(slot.field());
            InstrumentedThrowable instrumented = new InstrumentedThrowable(slot);
            instrumentation.addTransformer(weaver, true);
            try {
                instrumentation.retransformClasses(Throwable.class);
                instrumented.requireReports(weaver);
            } catch (Throwable e) {
                instrumentation.removeTransformer(weaver);
                throw e;
            }
            return instrumented;
        } catch (CaptureUnavailableException e) {
            throw e;
        } catch (Throwable e) {
            throw refused(e);
        }
    }

    private static void require(String className, String artifact) {
        try {
            Class.forName(className, false, InstrumentedThrowable.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CaptureUnavailableException(
                    artifact + " is not on the class path",
                    "add the test dependency net.bytebuddy:" + artifact
                            + ", in the version of your other Byte Buddy artifacts",
                    null);
        }
    }

    /**
     * Whatever another agent does, a throwable made now must be reported. It goes all the way to a sink, so that no class of ours is left to
     * be loaded or initialised where little stack is left.
     */
    private void requireReports(ThrowableWeaver weaver) {
        AtomicReference<@Nullable Throwable> reported = new AtomicReference<>();
        Selection selection = Selection.of(List.of(), List.of(Probe.class.getName()));
        slot.set(new Creations(new ThrowableCapture(selection, reported::set)));
        Throwable made = new Probe();
        slot.set(null);
        if (reported.get() != made) {
            throw refused(weaver.failure());
        }
    }

    private static final class Probe extends Throwable {
        private static final long serialVersionUID = 1;
    }

    private static CaptureUnavailableException refused(@Nullable Throwable cause) {
        return new CaptureUnavailableException(
                "java.lang.Throwable could not be instrumented" + (cause == null ? "" : " (" + cause + ")"),
                "use Byte Buddy 1.14 or newer, and run the tests without agents that change java.lang.Throwable",
                cause);
    }

    void listen(@Nullable Consumer<Throwable> listener) {
        slot.set(listener);
    }
}
