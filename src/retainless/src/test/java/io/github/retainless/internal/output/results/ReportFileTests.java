package io.github.retainless.internal.output.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFileTests {
    @ParameterizedTest
    @CsvSource({
        "a.B$C.task(Attempt), a.B$C.task_Attempt_",
        "../../etc/passwd, .._.._etc_passwd",
        "C:\\con?*<>|, C__con_____",
        "Überweisung 支払い-1, Überweisung_支払い-1",
    })
    void unsafeCharacters_areReplaced(String task, String name) {
        assertThat(ReportFile.name(task, any -> true)).isEqualTo(name);
    }

    @Test
    void unencodableCharacters_areReplacedToo_andTheNamesStayApart() {
        String one = ReportFile.name("支払い", any -> false);
        String other = ReportFile.name("请求款", any -> false);

        assertThat(one).matches("___-\\p{XDigit}+");
        assertThat(other).matches("___-\\p{XDigit}+").isNotEqualTo(one);
    }
}
