package io.github.retainless.report;

import io.github.retainless.experiment.FailureWeights;
import io.github.retainless.heap.Anatomy;
import io.github.retainless.heap.ByteSize;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said when failures are heavier than they may be, or when nobody knows whether they are. */
record FailureSize(FailureWeights weights, ByteSize most) {
    private static final int MOST_PARTS = 5;

    /** To follow the task's name. */
    String headline() {
        if (weights.heaviest() == null) {
            return "throws exceptions of unknown size; at most " + most + " may be.";
        }
        ByteSize heaviest = new ByteSize(weights.most());
        boolean lookAlike = heaviest.toString().equals(most.toString());
        return "throws exceptions of up to " + (lookAlike ? heaviest.inBytes() : heaviest)
                + (weights.truncated() ? "+" : "") + "; at most " + (lookAlike ? most.inBytes() : most) + " may be.";
    }

    List<String> paragraphs() {
        Anatomy heaviest = weights.heaviest();
        if (heaviest == null) {
            return List.of(
                    weights.seen() == 0
                            ? "Failures are weighed only on request: call weighFailures() on the experiment."
                            : String.format(
                                    Locale.ROOT,
                                    "None of %,d failures could be told apart from what the test instance, the executor and the"
                                            + " task reach,"
                                            + " which is too much to look through.",
                                    weights.seen()));
        }
        String parts = heaviest.parts().stream()
                .limit(MOST_PARTS)
                .map(FailureSize::part)
                .collect(Collectors.joining(", "));
        String more = heaviest.parts().size() > MOST_PARTS ? ", ..." : "";
        return Stream.of(
                        "The heaviest is an instance of " + heaviest.type() + ":\n    " + parts + more,
                        weights.truncated() ? "It is at least that large; the walk through it was cut." : "",
                        heaviest.advice())
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    private static String part(Anatomy.Part part) {
        String name =
                switch (part.kind()) {
                    case PAYLOAD -> part.field() + " " + part.content();
                    case STACK_TRACE -> "stack trace";
                    default -> part.kind().name().toLowerCase(Locale.ROOT);
                };
        return name + " " + new ByteSize(part.bytes());
    }
}
