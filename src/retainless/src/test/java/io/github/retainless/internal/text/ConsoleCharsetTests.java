package io.github.retainless.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleCharsetTests {
    private static Charset of(Map<String, String> properties) {
        return ConsoleCharset.of(properties::get);
    }

    @Test
    void severalProperties_theNearestToTheConsoleDecides() {
        assertThat(of(Map.of(
                        "stdout.encoding", "UTF-8", "sun.stdout.encoding", "US-ASCII", "native.encoding", "IBM850")))
                .isEqualTo(StandardCharsets.UTF_8);
        assertThat(of(Map.of("sun.stdout.encoding", "US-ASCII", "native.encoding", "UTF-8")))
                .isEqualTo(StandardCharsets.US_ASCII);
    }

    @Test
    void forkWithoutConsole_hasTheCharsetOfItsLocale() {
        assertThat(of(Map.of("native.encoding", "ANSI_X3.4-1968", "file.encoding", "UTF-8")))
                .isEqualTo(StandardCharsets.US_ASCII);
    }

    @Test
    void nameThatIsNone_isPassedOver() {
        assertThat(of(Map.of("stdout.encoding", "cp-none", "sun.stdout.encoding", "", "file.encoding", "ISO-8859-1")))
                .isEqualTo(StandardCharsets.ISO_8859_1);
    }

    @Test
    void noProperty_isTheDefault() {
        assertThat(of(Map.of())).isEqualTo(Charset.defaultCharset());
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, ├─",
        "UTF-16, ├─",
        "GB18030, ├─",
        "US-ASCII, |-",
        "windows-1252, |-",
        "ISO-8859-1, |-",
        "IBM437, |-",
        "ISO-2022-CN, |-"
    })
    void lines_areDrawnWhereTheCharsetHasAllOfThem(Charset charset, String branch) {
        assertThat(new Page(charset).branch).isEqualTo(branch + " ");
    }
}
