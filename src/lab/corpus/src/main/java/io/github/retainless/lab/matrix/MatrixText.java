package io.github.retainless.lab.matrix;

import io.github.retainless.experiment.Verdict;
import io.github.retainless.lab.subjects.JdkSubject;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The matrix as it is read: what was right against what was said, and the same by each dimension. */
final class MatrixText {
    private final List<Jdk> jdks;
    private final List<JvmRun> runs;

    MatrixText(List<Jdk> jdks, List<JvmRun> runs) {
        this.jdks = jdks;
        this.runs = runs;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%s, JDK %s, %d processors: %,d experiments in %,d JVMs, %,d wrong verdicts, %,d lost, %,d JVMs with another fault.%n%n",
                LocalDate.now(),
                jdks.stream().map(Jdk::version).collect(Collectors.joining(" and ")),
                Runtime.getRuntime().availableProcessors(),
                experiments(runs),
                runs.size(),
                wrong(runs),
                runs.stream().mapToInt(JvmRun::lost).sum(),
                runs.stream().filter(run -> !run.fault().isEmpty()).count()));
        text.append(confusion());
        text.append(table("subject", bySubject()));
        text.append(table("JDK", byKind(kind -> kind.jdk().version())));
        text.append(table("collector", byKind(kind -> kind.collector().label())));
        text.append(table("heap", byKind(JvmKind::heap)));
        text.append(table("option", byKind(kind -> kind.option().label())));
        text.append(faults());
        return text.toString();
    }

    /** A line for each JVM. */
    String csv() {
        StringBuilder text = new StringBuilder(
                "jdk,collector,heap,option,experiments,released,bounded,growing,undecided,wrong,lost,seconds\n");
        for (JvmRun run : runs) {
            Map<Verdict, Long> said = said(run.results());
            text.append(String.join(
                    ",",
                    run.kind().jdk().version(),
                    run.kind().collector().label(),
                    run.kind().heap(),
                    run.kind().option().label(),
                    String.valueOf(run.results().size()),
                    said.get(Verdict.RELEASED).toString(),
                    said.get(Verdict.BOUNDED).toString(),
                    said.get(Verdict.GROWING).toString(),
                    said.get(Verdict.UNDECIDED).toString(),
                    String.valueOf(run.wrong().size()),
                    String.valueOf(run.lost()),
                    String.valueOf(run.seconds())));
            text.append('\n');
        }
        return text.toString();
    }

    private String confusion() {
        StringBuilder text =
                new StringBuilder("| right | RELEASED | BOUNDED | GROWING | UNDECIDED |\n|---|--:|--:|--:|--:|\n");
        for (Verdict right : Verdict.values()) {
            List<Result> row = runs.stream()
                    .flatMap(run -> run.results().stream().filter(result -> right(run, result) == right))
                    .toList();
            if (!row.isEmpty()) {
                Map<Verdict, Long> said = said(row);
                text.append("| ").append(right);
                for (Verdict verdict : List.of(Verdict.RELEASED, Verdict.BOUNDED, Verdict.GROWING, Verdict.UNDECIDED)) {
                    text.append(String.format(" | %,d", said.get(verdict)));
                }
                text.append(" |\n");
            }
        }
        return text.append('\n').toString();
    }

    private static Verdict right(JvmRun run, Result result) {
        return run.kind().right(JdkSubject.valueOf(result.subject())).iterator().next();
    }

    private Map<String, String> bySubject() {
        Map<String, List<Result>> results = allOf(JvmRun::results);
        Map<String, List<Result>> wrong = allOf(JvmRun::wrong);
        Map<String, String> rows = new TreeMap<>();
        results.forEach((subject, some) -> rows.put(
                subject, row(some, wrong.getOrDefault(subject, List.of()).size())));
        return rows;
    }

    private Map<String, List<Result>> allOf(Function<JvmRun, List<Result>> some) {
        return runs.stream().flatMap(run -> some.apply(run).stream()).collect(Collectors.groupingBy(Result::subject));
    }

    private Map<String, String> byKind(Function<JvmKind, String> dimension) {
        Map<String, String> rows = new TreeMap<>();
        runs.stream()
                .collect(Collectors.groupingBy(run -> dimension.apply(run.kind())))
                .forEach((name, some) -> rows.put(
                        name,
                        row(some.stream().flatMap(run -> run.results().stream()).toList(), wrong(some))));
        return rows;
    }

    private static String row(List<Result> results, long wrong) {
        double millis = results.stream().mapToLong(Result::millis).average().orElse(0);
        return String.format("%,d | %,d | %,.0f ms", results.size(), wrong, millis);
    }

    private static String table(String dimension, Map<String, String> rows) {
        StringBuilder text =
                new StringBuilder("| " + dimension + " | experiments | wrong | mean time |\n|---|--:|--:|--:|\n");
        rows.forEach((name, row) ->
                text.append("| ").append(name).append(" | ").append(row).append(" |\n"));
        return text.append('\n').toString();
    }

    private String faults() {
        List<JvmRun> bad = runs.stream().filter(run -> !run.good()).toList();
        if (bad.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Not right:\n\n");
        bad.forEach(run -> text.append("- ")
                .append(run.kind().name())
                .append(": ")
                .append(run.whatIsWrong())
                .append('\n'));
        return text.toString();
    }

    private static Map<Verdict, Long> said(List<Result> results) {
        Map<Verdict, Long> said = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            said.put(
                    verdict,
                    results.stream()
                            .filter(result -> result.verdict() == verdict)
                            .count());
        }
        return said;
    }

    private static long experiments(List<JvmRun> some) {
        return some.stream().mapToLong(run -> run.results().size()).sum();
    }

    private static long wrong(List<JvmRun> some) {
        return some.stream().mapToLong(run -> run.wrong().size()).sum();
    }
}
