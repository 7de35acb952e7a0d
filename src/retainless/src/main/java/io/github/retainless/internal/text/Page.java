package io.github.retainless.internal.text;

import io.github.retainless.internal.text.ReportMessage.Kind;
import io.github.retainless.internal.text.ReportMessage.Paragraph;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of at most 100 columns, in characters that a charset has. */
final class Page {
    static final int COLUMNS = 100;
    private static final String INDENT = "  ";
    private static final String DRAWINGS = "├─│╰→·…";

    /** Before a step of a path, before what belongs to one, before the end; between parts; for what is left out. */
    final String branch;

    final String trunk;
    final String arrow;
    final String separator;
    final String ellipsis;

    private final CharsetEncoder encoder;
    private final List<Paragraph> ended = new ArrayList<>();
    private Kind kind = Kind.REMARK;
    private StringBuilder text = new StringBuilder();

    Page(Charset charset) {
        // A few charsets can be read only.
        encoder = (charset.canEncode() ? charset : StandardCharsets.US_ASCII).newEncoder();
        boolean draws = encoder.canEncode(DRAWINGS);
        branch = draws ? "├─ " : "|- ";
        trunk = draws ? "│  " : "|  ";
        arrow = draws ? "╰→ " : "`-> ";
        separator = draws ? " · " : ", ";
        ellipsis = draws ? "…" : "...";
    }

    /** Lines after an empty one, broken between words; a word of more than a line is left whole if it must be. */
    void paragraph(String paragraph) {
        paragraph(Kind.REMARK, paragraph);
    }

    /** The same for a paragraph that is no remark. */
    void paragraph(Kind kind, String paragraph) {
        begin(kind);
        for (String line : wrapped(List.of(paragraph.strip().split("\\s+")), " ", COLUMNS - INDENT.length())) {
            line(line);
        }
    }

    void line(String line) {
        text.append('\n').append(INDENT).append(line);
    }

    /** Begins a paragraph with an empty line. */
    void begin(Kind kind) {
        end();
        this.kind = kind;
        text.append('\n');
    }

    private void end() {
        if (!text.isEmpty()) {
            ended.add(new Paragraph(kind, text.toString()));
            text = new StringBuilder();
        }
    }

    /** All paragraphs so far; a line that is added now begins another one. */
    List<Paragraph> paragraphs() {
        end();
        return List.copyOf(ended);
    }

    /** As many of these words or parts a line as there is room for. */
    List<String> wrapped(List<String> words, String between, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : words) {
            if (line.isEmpty()) {
                line = word;
            } else if (columns(line + between + word)
                    <= width - between.stripTrailing().length()) {
                line += between + word;
            } else {
                lines.add((line + between).stripTrailing());
                line = word;
            }
        }
        lines.add(line);
        return lines;
    }

    static int columns(String line) {
        return line.codePointCount(0, line.length());
    }

    /** With its middle left out, if it needs more columns than this. */
    String shortened(String name, int columns) {
        int[] points = name.codePoints().toArray();
        int kept = Math.max(2, columns - ellipsis.length());
        if (points.length <= Math.max(columns, kept)) {
            return name;
        }
        int head = (kept + 1) / 2;
        int tail = kept - head;
        return new String(points, 0, head) + ellipsis + new String(points, points.length - tail, tail);
    }

    /** With escapes for what would break a line, hide or not be shown. */
    String harmless(String name) {
        StringBuilder harmless = new StringBuilder();
        name.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> harmless.append("\\n");
                case '\r' -> harmless.append("\\r");
                case '\t' -> harmless.append("\\t");
                default -> {
                    if (isShown(point)) {
                        harmless.appendCodePoint(point);
                    } else {
                        for (char unit : Character.toChars(point)) {
                            harmless.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                        }
                    }
                }
            }
        });
        return harmless.toString();
    }

    private boolean isShown(int point) {
        return Characters.isShown(point) && encoder.canEncode(Character.toString(point));
    }

    @Override
    public String toString() {
        return new ReportMessage(paragraphs()).text();
    }
}
