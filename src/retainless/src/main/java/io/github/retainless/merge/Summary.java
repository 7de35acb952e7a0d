package io.github.retainless.merge;

import io.github.retainless.experiment.Verdict;
import io.github.retainless.internal.output.results.TestResult;
import io.github.retainless.internal.text.Characters;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results in a few lines; holds no more than these. */
final class Summary {
    private static final int MOST_FAILED = 50;
    private static final int MOST_CHARACTERS = 300;

    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    private final PriorityQueue<String> failed = new PriorityQueue<>(Comparator.reverseOrder());
    private long failures;

    /**
     * A test in one line. It does not begin with anything from outside: build servers take commands from what is
     * printed.
     */
    private static String line(TestResult result) {
        String name = result.className().isEmpty() ? result.name() : result.className() + "." + result.name();
        String line =
                "FAILED " + name + ": " + result.message().lines().findFirst().orElse("");
        String plain = line.codePoints()
                .map(point -> Characters.isShown(point) ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() > MOST_CHARACTERS ? plain.substring(0, MOST_CHARACTERS) + "…" : plain;
    }

    void add(TestResult result) {
        counts.merge(result.report().verdict(), 1L, Long::sum);
        if (!result.passed()) {
            failures++;
            failed.add(line(result));
            if (failed.size() > MOST_FAILED) {
                failed.remove();
            }
        }
    }

    long failures() {
        return failures;
    }

    long tests() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    String text(List<String> notices) {
        Stream<String> listed = failed.stream().sorted();
        Stream<String> more = failures > failed.size()
                ? Stream.of(format("and %,d more failed", failures - failed.size()))
                : Stream.of();
        return Stream.of(Stream.of(head()), listed, more, notices.stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String head() {
        String verdicts = counts.entrySet().stream()
                .map(count -> format("%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return format("retainless: %,d test%s, %,d failed", tests(), tests() == 1 ? "" : "s", failures)
                + (verdicts.isEmpty() ? "" : "; " + verdicts);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
