package io.github.retainless.internal.text;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.RetainedPart;
import io.github.retainless.experiment.RetainedParts;
import io.github.retainless.experiment.RetentionReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What of the attempts is left, in words: mostly their exceptions, but it may be less. */
record RetainedPartsText(Expect expect, List<RetainedParts> parts) {
    private static final int MOST_FIELDS = 2;

    static RetainedPartsText of(RetentionReport report) {
        return new RetainedPartsText(report.settings().expect(), report.retainedParts());
    }

    /** What is retained, to follow that word. */
    String what() {
        Set<RetainedPart> kinds = kinds();
        if (expect == Expect.SUCCESS || kinds.equals(EnumSet.of(RetainedPart.TRACKED))) {
            return "what it tracks";
        }
        if (kinds.isEmpty() || kinds.contains(RetainedPart.FAILURE)) {
            return "the exceptions it throws";
        }
        if (kinds.size() > 1) {
            return "what is left of the exceptions it throws";
        }
        return switch (kinds.iterator().next()) {
            case CARRIED -> "what the exceptions it throws carry in " + fields() + ", without them";
            case CAUSE -> "the causes of the exceptions it throws, without those";
            default -> "the suppressed exceptions of those it throws, without those";
        };
    }

    /** What is left of how many attempts, where that differs; empty if it does not. */
    String paragraph() {
        if (parts.size() < 2 || kinds().size() < 2) {
            return "";
        }
        List<String> texts = new ArrayList<>();
        for (RetainedParts each : parts) {
            texts.add(String.format(Locale.ROOT, "%s of %,d", left(each), each.attempts()));
        }
        return "Left are " + String.join(", ", texts) + ".";
    }

    private static String left(RetainedParts each) {
        return switch (each.part()) {
            case FAILURE -> "the exceptions themselves";
            case SUPPRESSED -> "only suppressed exceptions";
            case CAUSE -> "only causes";
            case CARRIED -> "only " + each.field();
            case TRACKED -> "what is tracked";
        };
    }

    private Set<RetainedPart> kinds() {
        return parts.stream()
                .map(RetainedParts::part)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RetainedPart.class)));
    }

    private String fields() {
        String named =
                parts.stream().limit(MOST_FIELDS).map(RetainedParts::field).collect(Collectors.joining(" and "));
        return parts.size() > MOST_FIELDS ? named + " and others" : named;
    }
}
