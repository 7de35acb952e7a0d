package io.github.retainless.internal.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTests {
    @ParameterizedTest
    @CsvSource({
        "0 B, 0",
        "1 B, 1",
        "1B, 1",
        "64 KiB, 65536",
        "64KiB, 65536",
        "064 KiB, 65536",
        "1 MiB, 1048576",
        "2 GiB, 2147483648",
        "8589934591 GiB, 9223372035781033984",
        "999999999999999999 B, 999999999999999999",
    })
    void size_isRead(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "64",
                "KiB",
                "64 Kib",
                "64 kb",
                "64 KB",
                "64 k",
                "-1 B",
                "+1 B",
                "1.5 MiB",
                "1,024 B",
                " 64 KiB",
                "64 KiB ",
                "64  KiB",
                "64\nKiB\n",
                "1 TiB",
                "0x10 B",
                "1e3 B",
                "1234567890123456789 B"
            })
    void anythingElse_isRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text
                        + "\" is not a size: write a whole number and B, KiB, MiB or GiB, for example \"64 KiB\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"8589934592 GiB", "999999999999999999 KiB", "999999999999999999 GiB"})
    void tooLarge_isRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is too large for a size");
    }

    @Test
    void negative_isRefused() {
        assertThatThrownBy(() -> new ByteSize(-1))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("a size is 0 or more bytes, but was -1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1075, 1.0 KiB",
        "1076, 1.1 KiB",
        "66458, 64.9 KiB",
        "1048524, 1023.9 KiB",
        "1048525, 1.0 MiB",
        "1048576, 1.0 MiB",
        "1073689395, 1023.9 MiB",
        "1073689396, 1.0 GiB",
        "1073741824, 1.0 GiB",
        "1099511627776, 1.0 TiB",
        "9223372036854775807, 8388608.0 TiB",
    })
    void size_isShown_inTheLargestUnitThatFits(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 B", "1023 B", "1 KiB", "64 KiB", "1023 KiB", "512 MiB", "3 GiB"})
    void whatIsShown_isWhatWasRead(String text) {
        assertThat(ByteSize.parse(text).toString().replace(".0", "")).isEqualTo(text);
    }
}
