package io.github.retainless.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.heap.Anatomy;
import io.github.retainless.heap.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the charts show, as JSON for the page's script. */
final class ChartData {
    private static final int MOST_COHORTS = 8;
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private ChartData() {}

    private record Spark(List<Long> failures, List<Long> retained) {}

    private record Growth(
            String attempts, List<Long> failures, List<Long> retained, List<Long> bytes, List<Integer> collections) {}

    private record Cohorts(
            String attempts, List<Long> failures, List<List<@Nullable Integer>> cohorts, List<String> cohortNames) {}

    private record Part(long bytes) {}

    private record Parts(List<Part> parts) {}

    static String spark(RetentionReport report) {
        return GSON.toJson(new Spark(each(report, Round::failures), each(report, Round::retained)));
    }

    static String growth(RetentionReport report, String attempts) {
        return GSON.toJson(new Growth(
                attempts,
                each(report, Round::failures),
                each(report, Round::retained),
                each(report, round -> bytes(round.footprint())),
                each(report, Round::collections)));
    }

    private static long bytes(Footprint footprint) {
        return footprint.bytes();
    }

    /** Several cohorts make one where there are many. */
    static String cohorts(RetentionReport report, String attempts) {
        long each = report.settings().failures();
        int cohorts = report.rounds().stream()
                .mapToInt(round -> round.cohorts().size())
                .max()
                .orElse(0);
        int together = Math.max(1, (cohorts + MOST_COHORTS - 1) / MOST_COHORTS);
        List<List<@Nullable Integer>> series = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int first = 0; first < cohorts; first += together) {
            int from = first;
            int to = Math.min(cohorts, first + together);
            series.add(each(report, round -> retained(round, from, to)));
            names.add(
                    String.format(Locale.ROOT, "%,d to %,d", from * each + 1, Math.min(report.failures(), to * each)));
        }
        return GSON.toJson(new Cohorts(attempts, each(report, Round::failures), series, names));
    }

    /** Null before there were such. */
    private static @Nullable Integer retained(Round round, int from, int to) {
        List<Integer> cohorts = round.cohorts();
        return from >= cohorts.size()
                ? null
                : (Integer) IntStream.range(from, Math.min(to, cohorts.size()))
                        .map(cohorts::get)
                        .sum();
    }

    static String anatomy(Anatomy anatomy) {
        return GSON.toJson(new Parts(
                anatomy.parts().stream().map(part -> new Part(part.bytes())).toList()));
    }

    private static <T extends @Nullable Object> List<T> each(RetentionReport report, Function<Round, T> figure) {
        List<T> figures = new ArrayList<>();
        report.rounds().forEach(round -> figures.add(figure.apply(round)));
        return figures;
    }
}
