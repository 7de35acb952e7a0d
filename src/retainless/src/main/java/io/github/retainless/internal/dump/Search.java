package io.github.retainless.internal.dump;

import io.github.retainless.experiment.PathStep;
import io.github.retainless.experiment.Reachability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shortest path from a GC root to each retained object. Breadth-first, and in phases: what no static, thread
 * or native reference reaches, a stack frame may; then what only other retained objects reach, then what only soft
 * references do, then finalizers.
 *
 * <p>A retained object is not entered before the phase in which retained objects reach others. What is entered then and
 * was not known is reached through retained objects only: it is what they retain. So one search gives both, without a
 * dominator tree.
 */
final class Search {
    private final HeapGraph graph;
    /** 0 for unknown; the number of the parent plus 1; or the number of a root plus 1, negated. */
    private final Ints parents;
    /** 0 for none; the index of the retained object that retains it plus 1. */
    private @Nullable Ints owners;

    private final List<Root> roots = new ArrayList<>();
    private final IntQueue queue = new IntQueue();
    private final BitSet isRetained = new BitSet();
    private final Map<Integer, Integer> indexes = new HashMap<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    final Reachability[] reachabilities;
    /** The retained object that reaches it, if it is only reached through another one; otherwise -1. */
    final int[] hosts;

    private Search(HeapGraph graph) {
        this.graph = graph;
        parents = new Ints(graph.size());
        int count = graph.retained.size();
        reachabilities = new Reachability[count];
        Arrays.fill(reachabilities, Reachability.NONE);
        hosts = new int[count];
        Arrays.fill(hosts, -1);
        for (int i = 0; i < count; i++) {
            int node = graph.retained.get(i).node();
            isRetained.set(node);
            indexes.put(node, i);
        }
    }

    static Search in(HeapGraph graph) {
        Search search = new Search(graph);
        search.begin(graph.roots);
        search.spread(Reachability.STRONG);
        search.begin(graph.stackRoots);
        search.spread(Reachability.STRONG);
        search.owners = new Ints(graph.size());
        search.enterRetained(Reachability.STRONG);
        search.spreadThrough(graph.soft, Reachability.SOFT);
        search.spreadThrough(graph.finalizable, Reachability.FINALIZER);
        search.ownTheRest();
        return search;
    }

    /** The parent of an object on its path; -1 where the path begins, or if nothing is known to reach it. */
    int parent(int node) {
        return Math.max(-1, parents.get(node) - 1);
    }

    /** Where the path of an object begins that has no parent; null if nothing is known to reach it. */
    @Nullable
    Root root(int node) {
        int parent = parents.get(node);
        return parent < 0 ? roots.get(-parent - 1) : null;
    }

    /** The index of the retained object that retains an object, or -1. */
    int owner(int node) {
        return owners == null ? -1 : owners.get(node) - 1;
    }

    boolean isRetained(int node) {
        return isRetained.get(node);
    }

    private void begin(List<Root> from) {
        for (Root root : from) {
            if (parents.get(root.node()) == 0) {
                roots.add(root);
                reach(root.node(), -roots.size(), ObjectIds.NONE, Reachability.STRONG);
            }
        }
    }

    private void reach(int node, int parent, int owner, Reachability reachability) {
        parents.set(node, parent);
        if (isRetained.get(node)) {
            int index = index(node);
            reachabilities[index] = reachability(owner, reachability);
            hosts[index] = owner;
            waiting.add(node);
        } else {
            if (owner >= 0 && owners != null) {
                owners.set(node, owner + 1);
            }
            queue.add(node);
        }
    }

    private int index(int retained) {
        return Objects.requireNonNull(indexes.get(retained));
    }

    private Reachability reachability(int host, Reachability inThisPhase) {
        if (host < 0) {
            return inThisPhase;
        }
        Reachability ofHost = reachabilities[host];
        return ofHost == Reachability.STRONG ? Reachability.THROUGH_ANOTHER : ofHost;
    }

    private void spread(Reachability reachability) {
        while (!queue.isEmpty()) {
            int node = queue.take();
            int index = graph.firstEdge(node);
            if (index == 0) {
                continue;
            }
            int owner = owner(node);
            int edge;
            do {
                edge = graph.edge(index++);
                int target = HeapGraph.target(edge);
                if (parents.get(target) == 0) {
                    reach(target, node + 1, owner, reachability);
                }
            } while (!HeapGraph.isLast(edge));
        }
    }

    private void enterRetained(Reachability reachability) {
        while (!waiting.isEmpty()) {
            while (!waiting.isEmpty()) {
                int node = waiting.remove();
                if (owners != null) {
                    owners.set(node, index(node) + 1);
                }
                queue.add(node);
            }
            spread(reachability);
        }
    }

    /** Goes on through references that do not hold as others do, as long as that leads to something. */
    private void spreadThrough(Ints references, Reachability reachability) {
        boolean isNew = true;
        while (isNew) {
            isNew = false;
            for (int i = 0; i < references.size(); i += 2) {
                int holder = references.get(i);
                int referent = references.get(i + 1);
                if (parents.get(holder) != 0 && parents.get(referent) == 0) {
                    reach(referent, holder + 1, owner(holder), reachability);
                    isNew = true;
                }
            }
            spread(reachability);
            enterRetained(reachability);
        }
    }

    /** What nothing reaches weighs all the same. */
    private void ownTheRest() {
        for (int i = 0; i < reachabilities.length; i++) {
            int node = graph.retained.get(i).node();
            if (parents.get(node) == 0) {
                waiting.add(node);
            }
        }
        for (int node : new ArrayList<>(waiting)) {
            roots.add(new Root(PathStep.Kind.NATIVE, node, "", 0, 0));
            parents.set(node, -roots.size());
        }
        enterRetained(Reachability.NONE);
    }
}
