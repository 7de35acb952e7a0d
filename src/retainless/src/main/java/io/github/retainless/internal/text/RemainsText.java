package io.github.retainless.internal.text;

import io.github.retainless.experiment.Expect;
import io.github.retainless.experiment.Remains;
import io.github.retainless.experiment.Remnant;
import io.github.retainless.experiment.RetentionReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What of the attempts is left, in words: mostly their exceptions, but it may be less. */
record RemainsText(Expect expect, List<Remains> remains) {
    private static final int MOST_FIELDS = 2;

    static RemainsText of(RetentionReport report) {
        return new RemainsText(report.settings().expect(), report.remains());
    }

    /** What is retained, to follow that word. */
    String what() {
        Set<Remnant> kinds = kinds();
        if (expect == Expect.SUCCESS || kinds.equals(EnumSet.of(Remnant.TRACKED))) {
            return "what it tracks";
        }
        if (kinds.isEmpty() || kinds.contains(Remnant.FAILURE)) {
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
        if (remains.size() < 2 || kinds().size() < 2) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        for (Remains each : remains) {
            parts.add(String.format(Locale.ROOT, "%s of %,d", left(each), each.attempts()));
        }
        return "Left are " + String.join(", ", parts) + ".";
    }

    private static String left(Remains each) {
        return switch (each.remnant()) {
            case FAILURE -> "the exceptions themselves";
            case SUPPRESSED -> "only suppressed exceptions";
            case CAUSE -> "only causes";
            case CARRIED -> "only " + each.field();
            case TRACKED -> "what is tracked";
        };
    }

    private Set<Remnant> kinds() {
        return remains.stream()
                .map(Remains::remnant)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Remnant.class)));
    }

    private String fields() {
        String named = remains.stream().limit(MOST_FIELDS).map(Remains::field).collect(Collectors.joining(" and "));
        return remains.size() > MOST_FIELDS ? named + " and others" : named;
    }
}
