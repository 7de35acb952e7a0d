package io.github.retainless.internal.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The flags this JVM runs with, as far as it tells. */
final class HotSpotFlags {
    private HotSpotFlags() {}

    /** The value of a flag, or null where this JVM does not have it (another vendor's JVM has none). */
    static @Nullable String value(String flag) {
        HotSpotDiagnosticMXBean diagnostics = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (diagnostics == null) {
            return null;
        }
        try {
            return diagnostics.getVMOption(flag).getValue();
        } catch (IllegalArgumentException ignored) {
            // This JVM has no such flag.
            return null;
        }
    }

    static boolean isOn(String flag) {
        return "true".equals(value(flag));
    }
}
