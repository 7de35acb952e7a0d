package io.github.retainless.internal.baseline;

import io.github.retainless.internal.configuration.ConfigurationKeys;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a baseline is to be treated.
 *
 * @param mode what is done with it
 * @param file where it is
 * @param reason why what is adopted is accepted; empty unless something is
 * @param expires until when; null if for ever
 */
record BaselineSettings(BaselineMode mode, Path file, String reason, @Nullable LocalDate expires) {
    /** Set by nearly every CI system, and what those set that may not. */
    private static final List<String> CI = List.of("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD");

    static BaselineSettings of(
            Function<String, Optional<String>> parameters,
            Function<String, @Nullable String> environment,
            LocalDate today) {
        BaselineMode mode =
                BaselineMode.valueOf(ConfigurationKeys.BASELINE.get(parameters).toUpperCase(Locale.ROOT));
        Path file = ConfigurationKeys.BASELINE_FILE.get(parameters);
        if (mode != BaselineMode.ADOPT) {
            return new BaselineSettings(mode, file, "", null);
        }
        CI.stream()
                .filter(variable -> isSet(environment.apply(variable)))
                .findFirst()
                .ifPresent(variable -> {
                    throw ConfigurationKeys.BASELINE.wrong(
                            "adopt is refused on CI, where nobody looks at what is adopted"
                                    + " (the environment variable " + variable + " is set). Adopt leaks on a machine of"
                                    + " your own and commit the baseline.");
                });
        String reason = PathText.oneLine(ConfigurationKeys.BASELINE_REASON.get(parameters));
        if (reason.isEmpty()) {
            throw ConfigurationKeys.BASELINE_REASON.wrong("adopt needs a reason, which the entries will show."
                    + " Set it, for example to an issue: \"ACME-123: the old pool\".");
        }
        LocalDate expires = ConfigurationKeys.BASELINE_EXPIRES.find(parameters).orElse(null);
        if (expires != null && expires.isBefore(today)) {
            throw ConfigurationKeys.BASELINE_EXPIRES.wrong(
                    expires + " is over; it is the last day on which the leaks are accepted");
        }
        return new BaselineSettings(mode, file, reason, expires);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank() && !value.strip().equalsIgnoreCase("false");
    }
}
