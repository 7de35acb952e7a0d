package io.github.retainless.lab.matrix;

import io.github.retainless.lab.subjects.JdkSubject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the experiments in one JVM said.
 *
 * @param expected how many experiments were to run
 * @param fault what else went wrong: how the JVM ended, or what it printed on stderr; empty if nothing did
 */
record JvmRun(JvmKind kind, int expected, List<Result> results, String fault, long seconds) {
    /** Experiments that never came to an end, because their JVM did. */
    int lost() {
        return expected - results.size();
    }

    List<Result> wrong() {
        return results.stream()
                .filter(result ->
                        !kind.right(JdkSubject.valueOf(result.subject())).contains(result.verdict()))
                .toList();
    }

    boolean good() {
        return lost() == 0 && wrong().isEmpty() && fault.isEmpty();
    }

    /** Such as {@code ALL_KEPT BOUNDED=1}, {@code 3 lost}. */
    String whatIsWrong() {
        Map<String, Long> verdicts = wrong().stream()
                .collect(Collectors.groupingBy(
                        result -> result.subject() + " " + result.verdict(), Collectors.counting()));
        String wrong = verdicts.isEmpty() ? "" : verdicts + " ";
        String lost = lost() == 0 ? "" : lost() + " lost ";
        return (wrong + lost + fault).strip();
    }
}
