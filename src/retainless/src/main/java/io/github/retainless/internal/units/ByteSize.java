package io.github.retainless.internal.units;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes the amount in bytes, at least 0
 */
public record ByteSize(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) ?(B|KiB|MiB|GiB)");

    /** Refuses what is negative. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is 0 or more bytes, but was " + bytes);
        }
    }

    /**
     * Reads a whole number with its unit: {@code B}, {@code KiB} (1,024 B), {@code MiB} or {@code GiB}, with or without
     * one space between, as in {@code "64 KiB"}.
     *
     * @throws IllegalArgumentException if the text is anything else, or the size is above {@link Long#MAX_VALUE} bytes
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a size: write a whole number and B, KiB, MiB or GiB, for example \"64 KiB\"");
        }
        int shift =
                switch (matcher.group(2)) {
                    case "B" -> 0;
                    case "KiB" -> 10;
                    case "MiB" -> 20;
                    default -> 30;
                };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("\"" + text + "\" is too large for a size");
        }
        return new ByteSize(number << shift);
    }

    /** The exact amount, where {@link #toString} would not tell two apart: {@code 65,537 B}. */
    public String inBytes() {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }

    /** The amount in the largest fitting unit with one decimal, whole bytes below 1 KiB: {@code 64.9 KiB}. */
    @Override
    public String toString() {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        // 1023.95 and more would print as 1024.0 of the smaller unit.
        double amount = bytes / 1024.0;
        String unit = "KiB";
        for (String larger : new String[] {"MiB", "GiB", "TiB"}) {
            if (amount < 1023.95) {
                break;
            }
            amount /= 1024;
            unit = larger;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, unit);
    }
}
