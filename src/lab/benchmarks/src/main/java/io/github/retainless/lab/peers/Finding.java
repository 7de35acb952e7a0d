package io.github.retainless.lab.peers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A path that a tool reports.
 *
 * @param failures how many failures it says are held that way
 * @param path what it shows of the path from the GC root on, in the words of {@link Group}
 */
record Finding(int failures, List<String> path) {
    static Finding parse(String line) {
        List<String> columns = List.of(line.split("\t"));
        return new Finding(Integer.parseInt(columns.get(0)), columns.subList(1, columns.size()));
    }

    String line() {
        return failures + "\t" + String.join("\t", path);
    }

    /**
     * Whether it begins where the failures of the group are held: at that static field, at a local or a thread-local of
     * that thread.
     */
    boolean isRootedLike(Group group) {
        return group.paths().stream().anyMatch(truth -> root(path).equals(root(truth)));
    }

    /** How many of its nodes tell the reader nothing: collections' internals, a detour by a class loader. */
    int noisyNodes(Group group) {
        return path.size() - inCommon(closest(group));
    }

    /** How many nodes the reader would need and does not see. */
    int missingNodes(Group group) {
        List<String> truth = closest(group);
        return truth.size() - inCommon(truth);
    }

    private List<String> closest(Group group) {
        return Collections.max(group.paths(), Comparator.comparingInt(this::inCommon));
    }

    // What stands before a static field is how a class is reached, so the last one counts. Of a local or a thread-local
    // the thread counts and which of the two it is; not to name it is a missing node.
    private static List<String> root(List<String> path) {
        for (int i = path.size() - 1; i >= 0; i--) {
            if (path.get(i).startsWith("static ")) {
                return List.of(path.get(i));
            }
        }
        List<String> root = new ArrayList<>();
        for (String node : path) {
            if (node.startsWith("thread ")) {
                root.add(node);
            } else if (node.startsWith("thread-local ") || node.startsWith("local ")) {
                root.add(node.substring(0, node.indexOf(' ')));
            }
        }
        return root;
    }

    /** The length of the longest common subsequence. */
    private int inCommon(List<String> truth) {
        int[] row = new int[truth.size() + 1];
        for (String node : path) {
            int diagonal = 0;
            for (int i = 1; i <= truth.size(); i++) {
                int above = row[i];
                row[i] = node.equals(truth.get(i - 1)) ? diagonal + 1 : Math.max(above, row[i - 1]);
                diagonal = above;
            }
        }
        return row[truth.size()];
    }
}
