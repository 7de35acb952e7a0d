package io.github.retainless.internal.capture;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.management.ObjectName;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** The JVM's instrumentation, through Byte Buddy's agent. */
final class DynamicAgent {
    private static final String REMEDY =
            "start the tests with -javaagent:<path of byte-buddy-agent.jar>, which needs no loading at run time";

    private DynamicAgent() {}

    /**
     * Takes the agent of the command line if it is there, or loads it.
     *
     * @throws CaptureUnavailableException if this JVM does not load it
     */
    static Instrumentation instrumentation() {
        Instrumentation present = present();
        if (present != null) {
            return requireRetransforms(present);
        }
        if (isLoadingRefused()) {
            throw new CaptureUnavailableException(
                    "this JVM runs with -XX:-EnableDynamicAgentLoading", REMEDY + ", or without that flag", null);
        }
        Instrumentation loaded = loadFromWithin();
        return loaded != null ? loaded : attach();
    }

    private static Instrumentation requireRetransforms(Instrumentation present) {
        if (!present.isRetransformClassesSupported()) {
            throw new CaptureUnavailableException(
                    "the agent that is loaded for Byte Buddy may not retransform classes",
                    "replace it with -javaagent:<path of byte-buddy-agent.jar>",
                    null);
        }
        return present;
    }

    private static @Nullable Instrumentation present() {
        try {
            return ByteBuddyAgent.getInstrumentation();
        } catch (IllegalStateException ignored) {
            // The agent is not loaded yet.
            return null;
        }
    }

    private static boolean isLoadingRefused() {
        try {
            HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return diagnostics != null
                    && "false"
                            .equals(diagnostics
                                    .getVMOption("EnableDynamicAgentLoading")
                                    .getValue());
        } catch (IllegalArgumentException ignored) {
            // This JVM has no such flag.
            return false;
        }
    }

    /** As {@code jcmd JVMTI.agent_load} does, but without the other JVM that attaching to oneself takes. */
    private static @Nullable Instrumentation loadFromWithin() {
        try {
            Path jar = Path.of(ByteBuddyAgent.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "jvmtiAgentLoad",
                            new Object[] {new String[] {jar.toString()}},
                            new String[] {String[].class.getName()});
        } catch (Exception ignored) {
            // The next way is tried.
            return null;
        }
        return present();
    }

    private static Instrumentation attach() {
        try {
            return ByteBuddyAgent.install();
        } catch (RuntimeException e) {
            throw new CaptureUnavailableException("this JVM does not load agents while it runs", REMEDY, e);
        }
    }
}
