package io.github.retainless.internal.text;

import io.github.retainless.experiment.Anatomy;
import io.github.retainless.internal.units.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** What an exception consists of, part by part. */
record AnatomyText(Page page) {
    private static final int MOST_PARTS = 8;
    private static final int LONGEST_NAME = 38;

    /** The class by its full name. */
    String type(Anatomy anatomy) {
        return page.shortened(page.harmless(new ClassName(anatomy.type()).qualified()), Page.COLUMNS - 24);
    }

    List<String> parts(Anatomy anatomy) {
        List<Anatomy.Part> all = anatomy.parts();
        boolean isLong = all.size() > MOST_PARTS;
        List<String> parts = new ArrayList<>();
        for (Anatomy.Part part : all.subList(0, isLong ? MOST_PARTS - 1 : all.size())) {
            parts.add(name(part) + " " + new ByteSize(part.bytes()));
        }
        if (isLong) {
            List<Anatomy.Part> others = all.subList(MOST_PARTS - 1, all.size());
            long bytes = others.stream().mapToLong(Anatomy.Part::bytes).sum();
            parts.add(others.size() + " others " + new ByteSize(bytes));
        }
        return parts;
    }

    /** Writes lines of parts, a little further in. */
    void write(Anatomy anatomy) {
        page.wrapped(parts(anatomy), page.separator, Page.COLUMNS - 6).forEach(line -> page.line("  " + line));
    }

    private String name(Anatomy.Part part) {
        return switch (part.kind()) {
            case PAYLOAD -> payload(part);
            case MESSAGE -> "message";
            case BACKTRACE -> "backtrace";
            case STACK_TRACE -> "stack trace";
            case CAUSE -> "cause";
            case SUPPRESSED -> "suppressed";
            case REST -> "rest";
        };
    }

    private String payload(Anatomy.Part part) {
        String field = page.shortened(page.harmless(part.field()), LONGEST_NAME);
        String content = page.harmless(new ClassName(part.content()).simple());
        return (field + " " + page.shortened(content, LONGEST_NAME)).strip();
    }
}
