package io.github.retainless.internal.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphsTests {
    @Test
    void note_isParagraphsAndItems() {
        assertThat(Paragraphs.of("Better:\n- one " + "word ".repeat(30) + "\n- two\n\nLet it stay so.", UTF_8))
                .isEqualTo(
                        """


                          Better:
                          - one word word word word word word word word word word word word word word word word word word
                            word word word word word word word word word word word word
                          - two

                          Let it stay so.\
                        """);
    }

    @Test
    void hostileText_isHarmless() {
        assertThat(Paragraphs.of("- a\u001b[31m\r\u202eb", UTF_8)).isEqualTo("\n  - a\\u001b[31m\\r\\u202eb");
        assertThat(Paragraphs.of("ä", US_ASCII)).isEqualTo("\n\n  \\u00e4");
    }

    @Test
    void emptyNote_isNothing() {
        assertThat(Paragraphs.of("", UTF_8)).isEmpty();
    }
}
