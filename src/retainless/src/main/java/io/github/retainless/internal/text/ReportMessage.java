package io.github.retainless.internal.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What is said of a report, paragraph by paragraph: the failure message is all of them, the page shows some in another
 * form.
 */
public record ReportMessage(List<Paragraph> paragraphs) {
    /** What a paragraph is about. */
    public enum Kind {
        HEADLINE,
        TABLE,
        REMARK,
        /** A path and what holds the failures through it. */
        HOLDER,
        LIKELY_CAUSE,
        /** How to make an exception lighter. */
        ADVICE,
        /** What to do when there is no verdict. */
        REMEDY,
        ENVIRONMENT,
        /** What the baseline says. */
        NOTE
    }

    /**
     * A paragraph.
     *
     * @param text all its lines with the line breaks before them, as the message has them
     */
    public record Paragraph(Kind kind, String text) {}

    /** Copies the list. */
    public ReportMessage {
        paragraphs = List.copyOf(paragraphs);
    }

    /** The whole message. */
    public String text() {
        StringBuilder text = new StringBuilder();
        paragraphs.forEach(paragraph -> text.append(paragraph.text()));
        return text.toString();
    }

    /** The remarks, which only the message has; the page shows the other paragraphs in a form of its own. */
    public List<String> remarks() {
        return paragraphs.stream()
                .filter(paragraph -> paragraph.kind() == Kind.REMARK)
                .map(Paragraph::text)
                .filter(text -> !text.isBlank())
                .map(text -> text.replaceFirst("^\\R+", "").stripIndent())
                .toList();
    }

    /** The same with a note at the end; see {@link Paragraphs}. */
    public ReportMessage with(String note) {
        List<Paragraph> all = new ArrayList<>(paragraphs);
        all.add(new Paragraph(Kind.NOTE, Paragraphs.of(note)));
        return new ReportMessage(all);
    }
}
