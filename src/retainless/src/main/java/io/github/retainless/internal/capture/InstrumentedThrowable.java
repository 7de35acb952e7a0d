package io.github.retainless.internal.capture;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@link Throwable} with constructors that report. */
final class InstrumentedThrowable {
    private final ListenerSlot slot;
    private final ThrowableWeaver weaver;

    private InstrumentedThrowable(ListenerSlot slot, ThrowableWeaver weaver) {
        this.slot = slot;
        this.weaver = weaver;
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
            InstrumentedThrowable instrumented = new InstrumentedThrowable(slot, weaver);
            // It stays: whoever retransforms Throwable next, Mockito say, starts from the original.
            instrumentation.addTransformer(weaver, true);
            try {
                instrumentation.retransformClasses(Throwable.class);
                instrumented.requireReports(List.of());
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
     * Whatever other agents do or have done since, a throwable made now must be reported. It goes all the way to a
     * sink, so that no class of ours is left to be loaded or initialised where little stack is left.
     *
     * @param open the captures that go on meanwhile
     * @throws CaptureUnavailableException if it is not
     */
    void requireReports(List<ThrowableCapture> open) {
        AtomicReference<@Nullable Throwable> reported = new AtomicReference<>();
        List<ThrowableCapture> all = new ArrayList<>(open);
        all.add(new ThrowableCapture(Selection.of(List.of(), List.of(Probe.class.getName())), reported::set));
        listenFor(all);
        Throwable made = new Probe();
        listenFor(open);
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

    /** Reports to these from now on, and to no others. */
    void listenFor(List<ThrowableCapture> captures) {
        slot.set(captures.isEmpty() ? null : new Creations(captures.toArray(new ThrowableCapture[0])));
    }
}
