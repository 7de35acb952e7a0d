package io.github.retainless.internal.baseline;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
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
    static final String MODE = "retainless.baseline";
    static final String FILE = "retainless.baseline.file";
    static final String REASON = "retainless.baseline.reason";
    static final String EXPIRES = "retainless.baseline.expires";

    private static final String DEFAULT_FILE = "src/test/retainless-baseline.json";

    /** Set by nearly every CI system, and what those set that may not. */
    private static final List<String> CI = List.of("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD");

    static BaselineSettings of(
            Function<String, Optional<String>> parameters,
            Function<String, @Nullable String> environment,
            LocalDate today) {
        BaselineMode mode = parsed(MODE, parameters.apply(MODE).orElse("check"), BaselineMode::parse);
        Path file = parsed(FILE, parameters.apply(FILE).orElse(DEFAULT_FILE), BaselineSettings::file);
        if (mode != BaselineMode.ADOPT) {
            return new BaselineSettings(mode, file, "", null);
        }
        CI.stream()
                .filter(variable -> isSet(environment.apply(variable)))
                .findFirst()
                .ifPresent(variable -> {
                    throw new IllegalArgumentException("configuration parameter " + MODE
                            + ": adopt is refused on CI, where nobody looks at what is adopted (the environment variable "
                            + variable + " is set). Adopt leaks on a machine of your own and commit the baseline.");
                });
        String reason = PathText.oneLine(parameters.apply(REASON).orElse(""));
        if (reason.isEmpty()) {
            throw new IllegalArgumentException("configuration parameter " + REASON + ": adopt needs a reason, which the"
                    + " entries will show. Set it, for example to an issue: \"ACME-123: the old pool\".");
        }
        LocalDate expires = parameters
                .apply(EXPIRES)
                .map(text -> parsed(EXPIRES, text, date -> date(date, today)))
                .orElse(null);
        return new BaselineSettings(mode, file, reason, expires);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank() && !value.strip().equalsIgnoreCase("false");
    }

    private static Path file(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a file is needed");
        }
        try {
            return Path.of(text.strip());
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    private static LocalDate date(String text, LocalDate today) {
        LocalDate date;
        try {
            date = LocalDate.parse(text.strip());
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no date such as 2027-03-31", wrong);
        }
        if (date.isBefore(today)) {
            throw new IllegalArgumentException(date + " is over; it is the last day on which the leaks are accepted");
        }
        return date;
    }

    private static <T> T parsed(String parameter, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "configuration parameter " + parameter + ": " + wrong.getMessage(), wrong);
        }
    }
}
