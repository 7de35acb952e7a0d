package io.github.retainless.internal.text;

import java.nio.charset.Charset;
import java.util.List;

/**
 * A note as the failure message shows it: paragraphs of at most 100 columns, without what breaks a line, hides or can't
 * be shown.
 */
public final class Paragraphs {
    private static final String ITEM = "- ";

    private Paragraphs() {}

    /**
     * The paragraphs, each after an empty line; empty if the note is.
     *
     * @param note plain text, each paragraph on a line of its own; a line that begins with {@code - } is an item and
     *     follows the one before
     */
    public static String of(String note) {
        return of(note, ConsoleCharset.current());
    }

    static String of(String note, Charset charset) {
        Page page = new Page(charset);
        for (String line : note.split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            String harmless = page.harmless(line);
            if (line.startsWith(ITEM)) {
                item(page, harmless.substring(ITEM.length()));
            } else {
                page.paragraph(harmless);
            }
        }
        return page.toString();
    }

    private static void item(Page page, String text) {
        String before = ITEM;
        for (String line : page.wrapped(List.of(text.strip().split("\\s+")), " ", Page.COLUMNS - 2 - 2)) {
            page.line(before + line);
            before = "  ";
        }
    }
}
