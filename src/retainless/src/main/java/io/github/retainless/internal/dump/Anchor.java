package io.github.retainless.internal.dump;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what an experiment was told is not its subject while the heap is dumped. A path then begins, for example, at
 * the test instance and not at some frame of the test framework.
 */
public final class Anchor {
    public static final String INSTANCE = "instance of";
    static final String TASK = "task";
    public static final String EXECUTOR = "executor";
    static final List<String> LABELS = List.of(INSTANCE, TASK, EXECUTOR);

    private static final Set<Anchor> ANCHORS = ConcurrentHashMap.newKeySet();

    // The dump is read for these.
    final int watch;
    final int label;
    final Object object;

    private Anchor(int watch, String label, Object object) {
        this.watch = watch;
        this.label = LABELS.indexOf(label);
        this.object = object;
    }

    static Anchor hold(int watch, String label, Object object) {
        Anchor anchor = new Anchor(watch, label, object);
        ANCHORS.add(anchor);
        return anchor;
    }

    void remove() {
        ANCHORS.remove(this);
    }
}
