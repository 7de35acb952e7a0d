package io.github.retainless.internal.configuration;

import io.github.retainless.experiment.HeapGrowth;
import io.github.retainless.experiment.SoftReferences;
import io.github.retainless.internal.capture.Selection;
import io.github.retainless.internal.configuration.ConfigurationKey.Type;
import io.github.retainless.internal.output.results.Shard;
import io.github.retainless.internal.units.ByteSize;
import io.github.retainless.internal.units.Durations;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table of all configuration parameters, in the order of the manual. {@code Settings} checks the ranges of its
 * numbers itself, because programs set them too; a test compares the two.
 */
public final class ConfigurationKeys {
    private static final String NONE_OF = " is none of ";
    private static final String SIZE = "such as 64 KiB";

    public static final ConfigurationKey<Integer> FAILURES =
            number("failures", "50", "1 to 1,000,000", "Sets the number of attempts per round.");
    public static final ConfigurationKey<Integer> ROUNDS =
            number("rounds", "4", "3 to 1,000", "Sets the number of rounds; a collection follows each.");
    public static final ConfigurationKey<Integer> WARMUP = number(
            "warmup",
            "10",
            "0 to 1,000,000",
            "Sets the number of attempts before the first round, which do not count.");
    public static final ConfigurationKey<Integer> CONCURRENCY =
            number("concurrency", "1", "1 to 1,024", "Sets the number of attempts at the same time.");
    public static final ConfigurationKey<Duration> TIMEOUT = ConfigurationKey.attribute(
            "timeout", Type.DURATION, "10 s", "up to 1 h", "Limits how long one attempt may take.", Durations::parse);
    public static final ConfigurationKey<Integer> BUDGET = number(
            "budget", "8", "1 to 1,000", "Sets how many times the attempts may be run while a plateau may still come.");
    public static final ConfigurationKey<Integer> MAX_RETAINED = ConfigurationKey.attribute(
            "maxRetained",
            Type.NUMBER,
            "",
            "0 or more",
            "Limits how many failures may stay.",
            ConfigurationKeys::retained);
    public static final ConfigurationKey<ByteSize> MAX_FOOTPRINT = ConfigurationKey.attribute(
            "maxFootprint",
            Type.SIZE,
            "",
            SIZE,
            "Limits how much the failures that stay may weigh together.",
            ByteSize::parse);
    public static final ConfigurationKey<ByteSize> MAX_FAILURE_SIZE = ConfigurationKey.attribute(
            "maxFailureSize",
            Type.SIZE,
            "",
            SIZE,
            "Limits how much one failure may weigh when it happens, kept or not.",
            ByteSize::parse);
    public static final ConfigurationKey<SoftReferences> SOFT_REFERENCES = oneOf(
            SoftReferences.class, "softReferences", "Says whether failures count that only soft references hold.");
    public static final ConfigurationKey<HeapGrowth> HEAP_GROWTH = oneOf(
            HeapGrowth.class, "heapGrowth", "Says what happens when the heap grows although nothing watched stays.");
    public static final ConfigurationKey<List<String>> WATCH_PACKAGES = ConfigurationKey.attribute(
            "watchPackages",
            Type.PACKAGES,
            "",
            "packages",
            "Names the packages whose exceptions are watched wherever they are made.",
            ConfigurationKeys::packages);

    public static final ConfigurationKey<String> MODE = ConfigurationKey.choice(
            "mode",
            " is not a mode: write ",
            "Says whether tests run; under a debugger the JVM keeps dead local variables alive.",
            "enabled",
            "disabled",
            "disabled_on_debug");
    public static final ConfigurationKey<String> HEAP_DUMP = ConfigurationKey.choice(
            "heapdump", NONE_OF, "Says what happens to heap dumps.", "temporary", "keep", "off");
    /** As text: a folder that cannot be must not change a verdict. */
    public static final ConfigurationKey<String> REPORT_DIRECTORY = key(
            "report.directory",
            Type.FILE,
            "target/retainless",
            "a folder",
            "Says where the files go.",
            Function.identity());

    public static final ConfigurationKey<Shard> SHARD =
            key("shard", Type.SHARD, "", "such as 3/8", "Says which of several machines this one is.", Shard::parse);
    public static final ConfigurationKey<String> BASELINE = ConfigurationKey.choice(
            "baseline", NONE_OF, "Says what happens with the baseline.", "check", "update", "adopt", "off");
    public static final ConfigurationKey<Path> BASELINE_FILE = key(
            "baseline.file",
            Type.FILE,
            "src/test/retainless-baseline.json",
            "a file",
            "Says where the baseline is.",
            ConfigurationKeys::file);
    public static final ConfigurationKey<String> BASELINE_REASON = key(
            "baseline.reason",
            Type.TEXT,
            "",
            "a text",
            "Gives the reason that adopt writes into each new entry; adopt needs one.",
            Function.identity());
    public static final ConfigurationKey<LocalDate> BASELINE_EXPIRES = key(
            "baseline.expires",
            Type.DATE,
            "",
            "a date such as 2027-03-31",
            "Sets the last day on which the entries that adopt writes are accepted.",
            ConfigurationKeys::date);
    public static final ConfigurationKey<String> PROGRESS = ConfigurationKey.choice(
            "progress", NONE_OF, "Says how tests that take long show their progress.", "auto", "plain", "off");

    /** The whole table. */
    public static final List<ConfigurationKey<?>> ALL = List.of(
            FAILURES,
            ROUNDS,
            WARMUP,
            CONCURRENCY,
            TIMEOUT,
            BUDGET,
            MAX_RETAINED,
            MAX_FOOTPRINT,
            MAX_FAILURE_SIZE,
            SOFT_REFERENCES,
            HEAP_GROWTH,
            WATCH_PACKAGES,
            MODE,
            HEAP_DUMP,
            REPORT_DIRECTORY,
            SHARD,
            BASELINE,
            BASELINE_FILE,
            BASELINE_REASON,
            BASELINE_EXPIRES,
            PROGRESS);

    private ConfigurationKeys() {}

    private static <T> ConfigurationKey<T> key(
            String name, Type type, String defaultText, String range, String description, Function<String, T> parser) {
        return new ConfigurationKey<>(ConfigurationKey.PREFIX + name, type, defaultText, range, description, parser);
    }

    private static ConfigurationKey<Integer> number(
            String attribute, String defaultText, String range, String description) {
        return ConfigurationKey.attribute(
                attribute, Type.NUMBER, defaultText, range, description, ConfigurationKeys::integer);
    }

    /** The first constant is the default. */
    private static <E extends Enum<E>> ConfigurationKey<E> oneOf(Class<E> type, String attribute, String description) {
        List<E> values = List.of(type.getEnumConstants());
        return ConfigurationKey.attribute(
                attribute,
                Type.CHOICE,
                values.get(0).name(),
                values.stream().map(Enum::name).collect(Collectors.joining(", ")),
                description,
                text -> values.stream()
                        .filter(value -> value.name().equalsIgnoreCase(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(attribute + " must be "
                                + values.stream().map(Enum::name).collect(Collectors.joining(" or ")) + ", but was \""
                                + text.strip() + "\"")));
    }

    private static int retained(String text) {
        int retained = integer(text);
        if (retained < 0) {
            throw new IllegalArgumentException("maxRetained must be 0 or more, or UNBOUNDED, but was " + retained);
        }
        return retained;
    }

    private static int integer(String text) {
        try {
            return Math.toIntExact(Long.parseLong(text));
        } catch (NumberFormatException ignored) {
            // The text is no number.
            throw new IllegalArgumentException("\"" + text + "\" is not a whole number");
        } catch (ArithmeticException ignored) {
            // The number does not fit.
            throw new IllegalArgumentException(text + " is too large");
        }
    }

    private static List<String> packages(String text) {
        List<String> packages =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        Selection.of(List.of(), packages);
        return packages;
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

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("\"" + text + "\" is no date such as 2027-03-31", wrong);
        }
    }
}
