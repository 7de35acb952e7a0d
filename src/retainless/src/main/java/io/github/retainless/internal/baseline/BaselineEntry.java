package io.github.retainless.internal.baseline;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a baseline.
 *
 * @param test which test has the leak
 * @param path the path as {@link GrowingPath} has it
 * @param bytesPerFailure how much it may be
 * @param reason why it is accepted
 * @param expires the last day on which it is; null if there is none
 */
record BaselineEntry(String test, List<String> path, long bytesPerFailure, String reason, @Nullable LocalDate expires) {
    /** Whether it is the same leak: held in the same way, whatever class the failures are of. */
    boolean isOn(GrowingPath growing) {
        return GrowingPath.holders(path).equals(growing.holders());
    }

    boolean isExpired(LocalDate today) {
        return expires != null && expires.isBefore(today);
    }

    BaselineEntry withBytes(long bytes) {
        return new BaselineEntry(test, path, bytes, reason, expires);
    }
}
