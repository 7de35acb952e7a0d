package io.github.retainless.lab.benchmark;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** What figures were measured on. */
public final class Machine {
    private Machine() {}

    /** The day, the JDK and the processors. */
    public static String description() {
        return LocalDate.now(ZoneOffset.UTC) + ", JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }
}
