package io.github.retainless.internal.baseline;

import io.github.retainless.experiment.Expect;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a baseline says, in words. */
final class BaselineText {
    private final String file;
    private final String attempt;

    BaselineText(String file, Expect expect) {
        this.file = file;
        this.attempt = expect == Expect.FAILURE ? "failure" : "attempt";
    }

    String obstacle(String why) {
        return "The baseline " + file + " can't allow this: " + why;
    }

    String compared(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        add(lines, "The baseline " + file + " does not allow this:", comparison, Comparison.Kind::isWorse);
        if (comparison.isWorse()) {
            lines.add("Stop it. Or accept it, not on CI: run the test with -Dretainless.baseline=adopt and"
                    + " -Dretainless.baseline.reason=<why>, and commit the file.");
        }
        add(lines, "Better than the baseline " + file + ":", comparison, Comparison.Kind::isBetter);
        if (comparison.isBetter() && !comparison.isWorse()) {
            lines.add("Let it stay so: run the test with -Dretainless.baseline=update, and commit the file.");
        }
        add(lines, "Known to the baseline " + file + ":", comparison, kind -> kind == Comparison.Kind.SAME);
        return String.join("\n", lines);
    }

    String written(Comparison comparison) {
        List<String> lines = new ArrayList<>();
        add(lines, "Adopted into the baseline " + file + ":", comparison, Comparison.Kind::isWorse);
        add(lines, "Tightened in the baseline " + file + ":", comparison, Comparison.Kind::isBetter);
        add(lines, "Known to the baseline " + file + ":", comparison, kind -> kind == Comparison.Kind.SAME);
        return String.join("\n", lines);
    }

    private void add(List<String> lines, String head, Comparison comparison, Predicate<Comparison.Kind> kinds) {
        List<String> items = comparison.changes().stream()
                .filter(change -> kinds.test(change.kind()))
                .map(this::item)
                .toList();
        if (!items.isEmpty()) {
            lines.add(head);
            lines.addAll(items);
        }
    }

    private String item(Comparison.Change change) {
        BaselineEntry known = change.known();
        String now = bytes(change.bytes()) + " per " + attempt;
        String what =
                switch (change.kind()) {
                    case SAME -> now;
                    case NEW -> "new: " + now;
                    case MORE -> "more: " + now + " instead of " + bytes(known.bytesPerFailure());
                    case EXPIRED -> "expired: " + now;
                    case LESS -> "less: " + now + " instead of " + bytes(known.bytesPerFailure());
                    case GONE -> "gone: " + bytes(known.bytesPerFailure()) + " per " + attempt;
                };
        return "- " + what + " through " + String.join(" > ", known.path()) + terms(known);
    }

    private static String terms(BaselineEntry known) {
        String reason = PathText.oneLine(known.reason());
        LocalDate expires = known.expires();
        return reason.isEmpty() ? "" : " (" + reason + (expires == null ? "" : ", until " + expires) + ")";
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }
}
