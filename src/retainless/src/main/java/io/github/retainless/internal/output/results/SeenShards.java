package io.github.retainless.internal.output.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which of several machines have results. */
final class SeenShards {
    private static final int MOST_NUMBERS = 10;

    private final SortedMap<Integer, SortedSet<Integer>> indicesByTotal = new TreeMap<>();

    void add(@Nullable Shard shard) {
        if (shard != null) {
            indicesByTotal
                    .computeIfAbsent(shard.total(), total -> new TreeSet<>())
                    .add(shard.index());
        }
    }

    /** What is wrong with them, in whole sentences; none if nothing is. */
    List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (indicesByTotal.size() > 1) {
            notices.add("The results contradict each other about how many shards there are: "
                    + indicesByTotal.keySet().stream().map(String::valueOf).collect(Collectors.joining(" or "))
                    + ". Are some of another run?");
        }
        for (Map.Entry<Integer, SortedSet<Integer>> shards : indicesByTotal.entrySet()) {
            int total = shards.getKey();
            int missing = total - shards.getValue().size();
            if (missing > 0) {
                notices.add("Of " + total + " shards, " + missing + (missing == 1 ? " has" : " have") + " no results: "
                        + missing(total, shards.getValue()) + (missing > MOST_NUMBERS ? " and more" : "")
                        + ". A shard without retention tests has none either; give each at least one.");
            }
        }
        return notices;
    }

    private static String missing(int total, SortedSet<Integer> seen) {
        return IntStream.rangeClosed(1, total)
                .filter(index -> !seen.contains(index))
                .limit(MOST_NUMBERS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
    }
}
