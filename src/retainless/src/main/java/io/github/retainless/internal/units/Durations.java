package io.github.retainless.internal.units;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text, in the notation of JUnit's time-outs: a whole number and a unit, as in {@code "10 s"}. */
public final class Durations {
    private static final Map<String, ChronoUnit> UNITS = new LinkedHashMap<>();
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ?(h|m|s|ms|us|μs|ns)");

    static {
        UNITS.put("h", ChronoUnit.HOURS);
        UNITS.put("m", ChronoUnit.MINUTES);
        UNITS.put("s", ChronoUnit.SECONDS);
        UNITS.put("ms", ChronoUnit.MILLIS);
        UNITS.put("us", ChronoUnit.MICROS);
        UNITS.put("μs", ChronoUnit.MICROS);
        UNITS.put("ns", ChronoUnit.NANOS);
    }

    /** What is longer has too many nanoseconds for a long. */
    private static final Duration CENTURY = Duration.ofDays(36_525);

    private Durations() {}

    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        ChronoUnit unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a duration: write a whole number and ns, us, ms, s, m or h, for example \"10 s\"");
        }
        return Duration.of(Long.parseLong(matcher.group(1)), unit);
    }

    /** The duration in the largest unit that leaves it whole; in seconds where it is beyond all reason. */
    public static String format(Duration duration) {
        if (duration.abs().compareTo(CENTURY) > 0) {
            return duration.toSeconds() + " s";
        }
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            long nanos = unit.getValue().getDuration().toNanos();
            if (!duration.isZero() && duration.toNanos() % nanos == 0) {
                return duration.toNanos() / nanos + " " + unit.getKey();
            }
        }
        return "0 s";
    }
}
