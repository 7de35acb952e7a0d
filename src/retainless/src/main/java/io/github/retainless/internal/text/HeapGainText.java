package io.github.retainless.internal.text;

import io.github.retainless.experiment.Growth;
import io.github.retainless.experiment.HeapGain;
import io.github.retainless.internal.text.ReportMessage.Paragraph;
import io.github.retainless.internal.units.ByteSize;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * That the heap grows though nothing that is watched does, and by what.
 *
 * @param growth what the verdict says that grows
 * @param attempt what an attempt is called
 */
record HeapGainText(HeapGain gain, Growth growth, String attempt) {
    private static final String CAUSES =
            "Copies of what exceptions carry, stack traces kept as text, or growth inside one object that all share look like that.";

    /** To follow the table; empty if the heap does not grow. */
    List<Paragraph> paragraphs(Charset charset) {
        if (gain.bytesPerFailure() == 0) {
            return List.of();
        }
        Page page = new Page(charset);
        boolean fails = growth == Growth.HEAP;
        if (!fails) {
            page.paragraph(advisory());
        }
        if (!gain.classes().isEmpty()) {
            page.paragraph("More with each " + attempt + ":");
            page.wrapped(parts(page), page.separator, Page.COLUMNS - 6).forEach(line -> page.line("  " + line));
        }
        page.paragraph(CAUSES + (fails ? "" : " heapGrowth = FAIL lets the test fail then."));
        return page.paragraphs();
    }

    /** In a sentence. */
    String advisory() {
        return String.format(
                Locale.ROOT,
                "But the heap grows by %s with each %s, seen for %,d of them, though nothing watched does.",
                new ByteSize(gain.bytesPerFailure()),
                attempt,
                gain.attempts());
    }

    private List<String> parts(Page page) {
        List<String> parts = new ArrayList<>();
        for (HeapGain.ClassGain each : gain.classes()) {
            String type = page.shortened(page.harmless(new ClassName(each.type()).qualified()), Page.COLUMNS / 2);
            parts.add(String.format(
                    Locale.ROOT,
                    "%.1f %s %s",
                    (double) each.instances() / gain.measured(),
                    type,
                    new ByteSize(each.bytes() / gain.measured())));
        }
        return parts;
    }
}
