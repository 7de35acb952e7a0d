package io.github.retainless.internal.output.page;

import com.google.gson.Gson;
import io.github.retainless.experiment.RetentionReport;
import io.github.retainless.experiment.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the charts show, as JSON for the page's script. */
final class ChartData {
    private static final int MOST_ROUNDS = 24;
    private static final int MOST_LAYERS = 8;
    private static final Gson GSON = new Gson();

    private ChartData() {}

    /**
     * Rounds, a list for each of their figures.
     *
     * @param attempts what an attempt is called, in the plural
     * @param layers the retained by age: of what failed in so many of these rounds, how many are left after each
     * @param perLayer how many rounds make a layer
     */
    private record Rounds(
            String attempts,
            List<Integer> numbers,
            List<Long> failures,
            List<Long> retained,
            List<Long> bytes,
            List<Integer> collections,
            List<Long> millis,
            List<List<Integer>> layers,
            int perLayer) {}

    /** All rounds, or if there are many, some of them with the last. */
    static String rounds(RetentionReport report, String attempts) {
        List<Round> rounds = shown(report.rounds());
        int perLayer = perGroup(rounds.size(), MOST_LAYERS);
        return GSON.toJson(new Rounds(
                attempts,
                each(rounds, Round::number),
                each(rounds, Round::attempts),
                each(rounds, Round::retained),
                each(rounds, round -> round.footprint().bytes()),
                each(rounds, Round::collections),
                each(rounds, round -> round.elapsed().toMillis()),
                layers(rounds, perLayer, report.settings().attempts()),
                perLayer));
    }

    private static List<Round> shown(List<Round> rounds) {
        List<Round> shown = new ArrayList<>();
        int each = perGroup(rounds.size(), MOST_ROUNDS);
        for (int i = rounds.size() - 1; i >= 0; i -= each) {
            shown.add(0, rounds.get(i));
        }
        return shown;
    }

    private static List<List<Integer>> layers(List<Round> rounds, int perLayer, int perCohort) {
        List<List<Integer>> layers = new ArrayList<>();
        int from = 0;
        for (int first = 0; first < rounds.size(); first += perLayer) {
            Round last = rounds.get(Math.min(rounds.size(), first + perLayer) - 1);
            int start = from;
            int end = Math.toIntExact((last.attempts() + perCohort - 1) / perCohort);
            layers.add(each(rounds, round -> retained(round, start, end)));
            from = end;
        }
        return layers;
    }

    private static int perGroup(int of, int most) {
        return Math.max(1, (of + most - 1) / most);
    }

    /** Of some cohorts; there are none of what came later. */
    private static int retained(Round round, int from, int to) {
        List<Integer> cohorts = round.cohorts();
        return IntStream.range(Math.min(from, cohorts.size()), Math.min(to, cohorts.size()))
                .map(cohorts::get)
                .sum();
    }

    private static <T> List<T> each(List<Round> rounds, Function<Round, T> figure) {
        return rounds.stream().map(figure).toList();
    }
}
