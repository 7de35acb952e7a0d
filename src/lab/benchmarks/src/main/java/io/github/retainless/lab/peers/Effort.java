package io.github.retainless.lab.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What something took: the CPU time of the whole process, the JIT compiler and the collector included, and the time by
 * the clock.
 *
 * @param cpuSeconds CPU time
 * @param wallSeconds time by the clock
 */
record Effort(double cpuSeconds, double wallSeconds) {
    private static final double NANOS = 1e9;

    /** Takes it from now on. */
    static final class Meter {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final long cpu = system.getProcessCpuTime();
        private final long wall = System.nanoTime();

        Effort read() {
            return new Effort((system.getProcessCpuTime() - cpu) / NANOS, (System.nanoTime() - wall) / NANOS);
        }
    }

    Effort plus(Effort other) {
        return new Effort(cpuSeconds + other.cpuSeconds, wallSeconds + other.wallSeconds);
    }

    static Effort parse(String words) {
        String[] figures = words.split(" ");
        return new Effort(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
    }

    String words() {
        return cpuSeconds + " " + wallSeconds;
    }
}
