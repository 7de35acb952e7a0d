package io.github.retainless.internal.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.retainless.experiment.Settings;
import io.github.retainless.internal.units.Durations;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConfigurationKeysTests {
    private static final Path MANUAL = Path.of("../docs/settings.md");

    /** An attribute of the annotation that takes classes, which no configuration parameter could name. */
    private static final String WITHOUT_PARAMETER = "watchThrowables";

    private static final List<ConfigurationKey<?>> ALL = ConfigurationKeys.ALL;

    @Test
    void table_hasEachKeyOnce() {
        assertThat(ALL).doesNotHaveDuplicates().hasSize((int) Arrays.stream(ConfigurationKeys.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .filter(field -> field.getType() == ConfigurationKey.class)
                .count());
        assertThat(ALL).extracting(ConfigurationKey::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void key_isDescribedInOneSentence_andItsDefaultIsRight(ConfigurationKey<?> key) {
        assertThat(key.description()).matches("[A-Z][^.]+\\.");
        assertThat(key.range()).isNotEmpty();
        if (!key.defaultText().isEmpty()) {
            assertThat(key.get(name -> Optional.empty())).isNotNull();
        }
    }

    /** Name to values, as the table and the manual have them. */
    @Test
    void manual_hasEachKeyAndNoOther() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        for (ConfigurationKey<?> key : ALL) {
            expected.put(key.name(), key.attribute().isEmpty() ? values(key) : row(defaultOf(key), key.range()));
        }

        assertThat(manual()).containsExactlyEntriesOf(expected);
    }

    private static Map<String, String> manual() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(MANUAL)) {
            String[] cells = line.replaceAll("[`\"]", "").split(" ?\\| ?", -1);
            if (!line.startsWith("| `")
                    || line.contains("@")
                    || cells[1].contains("<")
                    || cells[1].equals(WITHOUT_PARAMETER)) {
                continue;
            }
            if (cells[1].startsWith(ConfigurationKey.PREFIX)) {
                rows.put(cells[1], cells[2]);
            } else {
                rows.put(ConfigurationKey.PREFIX + cells[1] + ".default", row(cells[3], cells[4]));
            }
        }
        return rows;
    }

    private static String row(String defaultText, String range) {
        return "default " + defaultText + ", range " + range;
    }

    private static String defaultOf(ConfigurationKey<?> key) {
        return key.defaultText().isEmpty() ? "none" : key.defaultText();
    }

    private static String values(ConfigurationKey<?> key) {
        if (key.type() == ConfigurationKey.Type.CHOICE) {
            return key.range().replaceFirst("^" + key.defaultText(), "$0 (default)");
        }
        return key.range() + (key.defaultText().isEmpty() ? "" : ", by default " + key.defaultText());
    }

    @Test
    void numbers_haveTheRangesAndDefaultsOfTheSettings() {
        Settings defaults = Settings.DEFAULT;
        compare(ConfigurationKeys.FAILURES, defaults.attempts(), defaults::withAttempts);
        compare(ConfigurationKeys.ROUNDS, defaults.rounds(), defaults::withRounds);
        compare(ConfigurationKeys.WARMUP, defaults.warmup(), defaults::withWarmup);
        compare(ConfigurationKeys.CONCURRENCY, defaults.concurrency(), defaults::withConcurrency);
        compare(ConfigurationKeys.BUDGET, defaults.budget(), defaults::withBudget);
    }

    private static void compare(ConfigurationKey<Integer> key, int defaultValue, IntFunction<Settings> with) {
        assertThat(key.get(name -> Optional.empty())).isEqualTo(defaultValue);
        assertThatThrownBy(() -> with.apply(-1))
                .hasMessage("%s must be from %s, but was -1", key.attribute(), key.range());
    }

    @Test
    void otherSettings_haveTheDefaultsOfTheSettings() {
        assertThat(ConfigurationKeys.TIMEOUT.get(name -> Optional.empty()))
                .isEqualTo(Settings.DEFAULT.timeout())
                .isEqualTo(Durations.parse("10 s"));
        assertThat(ConfigurationKeys.SOFT_REFERENCES.get(name -> Optional.empty()))
                .isEqualTo(Settings.DEFAULT.softReferences());
        assertThat(ConfigurationKeys.HEAP_GROWTH.get(name -> Optional.empty()))
                .isEqualTo(Settings.DEFAULT.heapGrowth());
    }

    @Test
    void wrongValue_isRefusedInTheNameOfTheParameter() {
        assertThatThrownBy(() -> ConfigurationKeys.ROUNDS.get(name -> Optional.of("many")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("configuration parameter retainless.rounds.default: \"many\" is not a whole number");
        assertThatThrownBy(() -> ConfigurationKeys.HEAP_DUMP.find(name -> Optional.of(" yes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("configuration parameter retainless.heapdump: \" yes\" is none of temporary, keep, off");
    }

    @Test
    void choice_mayHaveBlanksAround() {
        assertThat(ConfigurationKeys.HEAP_DUMP.find(name -> Optional.of(" keep ")))
                .contains("keep");
    }
}
