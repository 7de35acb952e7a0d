package io.github.retainless.lab.matrix;

import io.github.retainless.experiment.Verdict;
import java.util.List;

/** What one experiment said, as the JVMs of the matrix print it. */
record Result(String subject, Verdict verdict, long millis) {
    private static final String MARK = "RESULT";

    String line() {
        return String.join(" ", MARK, subject, verdict.name(), Long.toString(millis));
    }

    /** Those among the lines a JVM printed. */
    static List<Result> in(List<String> printed) {
        return printed.stream()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 4 && words[0].equals(MARK))
                .map(words -> new Result(words[1], Verdict.valueOf(words[2]), Long.parseLong(words[3])))
                .toList();
    }
}
