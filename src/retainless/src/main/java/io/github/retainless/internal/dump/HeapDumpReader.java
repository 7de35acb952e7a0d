package io.github.retainless.internal.dump;

import io.github.retainless.experiment.Reachability;
import io.github.retainless.experiment.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads who holds the retained objects from a heap dump. */
public final class HeapDumpReader {
    private final HeapGraph graph;
    private final Search search;
    private final Details details;
    private final PathDescriber describer;
    private final DumpQuery query;

    /** To which retained object each belongs; -1 if that is not known yet. */
    private final int[] heads;

    private record GroupKey(Reachability reachability, PathTrie path) {
        List<?> keys() {
            return List.of(reachability, path.keys());
        }

        List<?> shortestKeys() {
            return List.of(reachability, path.shortestKeys());
        }
    }

    /** Retained objects that are held in the same way. */
    private static final class Group {
        final BitSet attempts = new BitSet();
        final Map<String, Integer> types = new HashMap<>();
        long retainedBytes;

        void add(Group other) {
            attempts.or(other.attempts);
            other.types.forEach((type, count) -> types.merge(type, count, Integer::sum));
            retainedBytes += other.retainedBytes;
        }

        String type() {
            return types.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .map(Map.Entry::getKey)
                    .orElseThrow();
        }
    }

    private HeapDumpReader(HprofFile file, DumpQuery query) throws IOException {
        this.query = query;
        graph = HeapGraph.read(file, query);
        search = Search.in(graph);
        details = Details.read(graph, search, PathDescriber.on(graph, search), query.layout());
        describer = new PathDescriber(graph, search, details);
        heads = new int[graph.retained.size()];
        Arrays.fill(heads, -1);
    }

    /**
     * Reads a dump.
     *
     * @throws IOException if it can't be read, or is not as it must be; the message goes on after "the heap dump could
     *     not be read, "
     * @throws OutOfMemoryError if it takes more heap than there is
     */
    public static DumpResult read(Path dump, DumpQuery query) throws IOException {
        if (!Files.isRegularFile(dump)) {
            throw new IOException("there is no file " + dump + ". Does anything clean up there?");
        }
        try (HprofInput input = new HprofInput(dump)) {
            return new HeapDumpReader(new HprofFile(input), query).found();
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException malformed) {
            throw new IOException("its records do not fit together, " + malformed.getMessage(), malformed);
        }
    }

    private DumpResult found() throws IOException {
        Map<GroupKey, Group> groups = new LinkedHashMap<>();
        List<Group> groupOf = new ArrayList<>();
        for (int i = 0; i < graph.retained.size(); i++) {
            HeapGraph.Retained retained = graph.retained.get(i);
            GroupKey key = new GroupKey(search.reachabilities[i], describer.to(retained.node()));
            Group group = groups.computeIfAbsent(key, unknown -> new Group());
            groupOf.add(group);
            if (belongsTo(i) == i) {
                group.attempts.set(retained.attempt());
                group.types.merge(details.type(retained.node()), 1, Integer::sum);
            }
        }
        for (int i = 0; i < groupOf.size(); i++) {
            groupOf.get(belongsTo(i)).retainedBytes += details.retainedBytes[i];
        }
        groups.values().removeIf(group -> group.attempts.isEmpty());
        mergeRepeated(groups);
        return new DumpResult(signatures(groups), only(Reachability.SOFT), only(Reachability.NONE));
    }

    /** What the first node of a list holds is held like what the others hold. */
    private static void mergeRepeated(Map<GroupKey, Group> groups) {
        Map<List<?>, GroupKey> byKeys = new HashMap<>();
        groups.keySet().forEach(key -> byKeys.put(key.keys(), key));
        for (GroupKey longer : List.copyOf(groups.keySet())) {
            GroupKey shorter = byKeys.get(longer.shortestKeys());
            if (shorter != null && !shorter.equals(longer)) {
                Group into = groups.get(longer);
                Group merged = groups.remove(shorter);
                if (into != null && merged != null) {
                    into.add(merged);
                }
            }
        }
    }

    /**
     * The failure that this one belongs to: a cause, for example, belongs to the failure of the same attempt that holds
     * it. Each chain of causes is followed only once, because chains can be long.
     */
    private int belongsTo(int retained) {
        int head = retained;
        while (heads[head] < 0 && isHeldByOneOfItsAttempt(head)) {
            head = search.hosts[head];
        }
        head = heads[head] < 0 ? head : heads[head];
        for (int at = retained; heads[at] < 0 && at != head; at = search.hosts[at]) {
            heads[at] = head;
        }
        return head;
    }

    private boolean isHeldByOneOfItsAttempt(int retained) {
        int host = search.hosts[retained];
        return host >= 0 && attempt(host) == attempt(retained);
    }

    private int attempt(int retained) {
        return graph.retained.get(retained).attempt();
    }

    private List<Signature> signatures(Map<GroupKey, Group> groups) {
        List<Signature> signatures = new ArrayList<>();
        groups.forEach((key, group) -> signatures.add(new Signature(
                key.reachability(),
                key.path().steps(),
                group.type(),
                group.attempts.cardinality(),
                group.retainedBytes,
                query.cohorts(group.attempts),
                null)));
        signatures.sort(Comparator.comparingInt(Signature::attempts)
                .thenComparingLong(Signature::retainedBytes)
                .reversed()
                .thenComparing(Signature::reachability)
                .thenComparing(signature -> signature.path().toString()));
        return signatures;
    }

    /** The attempts of which everything left is reachable like this. */
    private BitSet only(Reachability reachability) {
        BitSet attempts = new BitSet();
        for (int i = 0; i < search.reachabilities.length; i++) {
            if (search.reachabilities[i] == reachability) {
                attempts.set(attempt(i));
            }
        }
        for (int i = 0; i < search.reachabilities.length; i++) {
            // The stronger way counts.
            if (search.reachabilities[i].compareTo(reachability) < 0) {
                attempts.clear(attempt(i));
            }
        }
        return attempts;
    }
}
