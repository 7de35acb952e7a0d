package io.github.retainless.internal.output.ci;

import io.github.retainless.experiment.LikelyCause;
import io.github.retainless.experiment.Signature;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.Characters;
import java.util.Objects;

/** A test in a few words on one line; nothing escaped yet, but nothing left that breaks a line or hides. */
final class OneLine {
    private static final int MOST_OF_A_NAME = 200;
    private static final int MOST_OF_A_SENTENCE = 500;

    private OneLine() {}

    /** Without the package. */
    static String name(TestResult result) {
        String className = result.className();
        String simple = className.substring(className.lastIndexOf('.') + 1).replace('$', '.');
        return onOneLine(simple.isEmpty() ? result.name() : simple + "." + result.name(), MOST_OF_A_NAME);
    }

    /** The first line of the message. */
    static String headline(TestResult result) {
        String first = result.message().lines().findFirst().orElse("");
        return onOneLine(first.isBlank() ? result.report().toString() : first, MOST_OF_A_SENTENCE);
    }

    /** The likely cause and its remedy; empty if nothing is known. */
    static String likely(TestResult result) {
        return result.report().explanation().signatures().stream()
                .map(Signature::likely)
                .filter(Objects::nonNull)
                .findFirst()
                .map(OneLine::likely)
                .orElse("");
    }

    private static String likely(LikelyCause likely) {
        return onOneLine("Likely: " + likely.cause() + ". " + likely.remedy(), MOST_OF_A_SENTENCE);
    }

    static String onOneLine(String text, int most) {
        StringBuilder line = new StringBuilder();
        int[] points = text.codePoints().limit(most + 1L).toArray();
        for (int point : points.length <= most
                ? points
                : text.codePoints().limit(most - 1L).toArray()) {
            line.appendCodePoint(shown(point));
        }
        return (points.length <= most ? line : line.append('…')).toString().strip();
    }

    private static int shown(int point) {
        if (Character.isWhitespace(point)) {
            return ' ';
        }
        return Characters.isShown(point) ? point : '\uFFFD';
    }
}
