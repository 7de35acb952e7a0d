package io.github.retainless.page;

import com.google.gson.Gson;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import io.github.retainless.heap.Anatomy;
import io.github.retainless.heap.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the charts show, as JSON for the page's script. */
final class ChartData {
    private static final int MOST_LAYERS = 8;
    private static final int MOST_BARS = 24;
    private static final Gson GSON = new Gson();

    private ChartData() {}

    private record Spark(List<Long> failures, List<Long> retained) {}

    private record Growth(
            String attempts, List<Long> failures, List<Long> retained, List<Long> bytes, List<Integer> collections) {}

    private record Ages(String attempts, List<Long> failures, List<List<Integer>> layers) {}

    /**
     * What failed in a round, or in several.
     *
     * @param rounds which
     * @param from the first cohort
     * @param to the one after the last
     */
    record Layer(String rounds, int from, int to) {}

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

    /** A bar for each round, or the last of several; a layer for what failed in each round, or in several. */
    static String ages(RetentionReport report, String attempts) {
        List<Round> rounds = report.rounds();
        List<Round> bars = new ArrayList<>();
        int each = perGroup(rounds.size(), MOST_BARS);
        for (int i = rounds.size() - 1; i >= 0; i -= each) {
            bars.add(0, rounds.get(i));
        }
        return GSON.toJson(new Ages(
                attempts,
                bars.stream().map(Round::failures).toList(),
                layers(report).stream()
                        .map(layer -> bars.stream()
                                .map(bar -> retained(bar, layer.from(), layer.to()))
                                .toList())
                        .toList()));
    }

    static List<Layer> layers(RetentionReport report) {
        List<Round> rounds = report.rounds();
        List<Layer> layers = new ArrayList<>();
        int each = perGroup(rounds.size(), MOST_LAYERS);
        int from = 0;
        for (int first = 0; first < rounds.size(); first += each) {
            int last = Math.min(rounds.size(), first + each) - 1;
            int to = cohorts(report, rounds.get(last));
            layers.add(new Layer(first == last ? "" + (last + 1) : (first + 1) + "–" + (last + 1), from, to));
            from = to;
        }
        return layers;
    }

    private static int perGroup(int of, int most) {
        return Math.max(1, (of + most - 1) / most);
    }

    /** How many cohorts there are at the end of a round. */
    private static int cohorts(RetentionReport report, Round round) {
        int each = report.settings().failures();
        return Math.toIntExact((round.failures() + each - 1) / each);
    }

    private static int retained(Round round, int from, int to) {
        List<Integer> cohorts = round.cohorts();
        return IntStream.range(Math.min(from, cohorts.size()), Math.min(to, cohorts.size()))
                .map(cohorts::get)
                .sum();
    }

    static String anatomy(Anatomy anatomy) {
        return GSON.toJson(new Parts(
                anatomy.parts().stream().map(part -> new Part(part.bytes())).toList()));
    }

    private static <T> List<T> each(RetentionReport report, Function<Round, T> figure) {
        List<T> figures = new ArrayList<>();
        report.rounds().forEach(round -> figures.add(figure.apply(round)));
        return figures;
    }
}
