package io.github.retainless.internal.baseline;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is done with a baseline. */
enum BaselineMode {
    /** What is known passes; what is better is told. */
    CHECK,
    /** What is better is written, too. */
    UPDATE,
    /** What is new or worse is written, too. */
    ADOPT,
    /** Nobody looks at it. */
    OFF;

    static BaselineMode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is none of "
                        + Arrays.stream(values()).map(BaselineMode::text).collect(Collectors.joining(", "))));
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
