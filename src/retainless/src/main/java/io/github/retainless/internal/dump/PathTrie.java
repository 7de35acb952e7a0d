package io.github.retainless.internal.dump;

import io.github.retainless.experiment.PathStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path without what differs between like ones, shared by all of them: a trie of steps. Where they differ is noted on
 * the way, so that what they have in common can be shown.
 */
final class PathTrie {
    static final String ANY = "*";

    /**
     * A linked list of the subject's own must not make as many paths as it has links; three fields by turns are enough.
     */
    private static final int LONGEST_PERIOD = 3;

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final @Nullable PathTrie parent;
    private final Key key;
    private final String type;
    private String holder;
    private String member;
    private boolean repeated;
    private final Map<Key, PathTrie> next = new HashMap<>();

    private record Key(PathStep.Kind kind, String holder, String owner, String member) {}

    private PathTrie(@Nullable PathTrie parent, Key key, PathStep step) {
        this.parent = parent;
        this.key = key;
        type = step.type();
        holder = step.holder();
        member = step.member();
    }

    /** Where all begin. */
    static PathTrie start() {
        PathStep none = new PathStep(PathStep.Kind.NATIVE, "", "", "", "", false);
        return new PathTrie(null, key(none), none);
    }

    /** The path that goes on with this step; if that only repeats the last ones, the path before they were repeated. */
    PathTrie then(PathStep step) {
        Key key = key(step);
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            PathTrie repeatedPath = repeats(key, period);
            if (repeatedPath != null) {
                repeatedPath.merge(step);
                return repeatedPath;
            }
        }
        PathTrie path = next.get(key);
        if (path == null) {
            path = new PathTrie(this, key, step);
            next.put(key, path);
        } else {
            path.merge(step);
        }
        return path;
    }

    /**
     * Finds a cycle. Takes the last {@code period} steps, {@code key} among them, and as many before these. If the two
     * are the same, returns the path as it was one period ago; otherwise null.
     */
    private @Nullable PathTrie repeats(Key key, int period) {
        PathTrie[] last = new PathTrie[2 * period - 1];
        PathTrie at = this;
        for (int i = 0; i < last.length; i++) {
            if (at == null || at.parent == null) {
                return null;
            }
            last[i] = at;
            at = at.parent;
        }
        // last[0] is the newest; the new step would be right after it.
        if (!key.equals(last[period - 1].key)) {
            return null;
        }
        for (int i = 0; i < period - 1; i++) {
            if (!last[i].key.equals(last[i + period].key)) {
                return null;
            }
        }
        for (int i = period - 1; i < last.length; i++) {
            last[i].repeated = true;
        }
        return last[period - 1];
    }

    private void merge(PathStep step) {
        holder = common(holder, step.holder());
        if (!member.equals(step.member())) {
            member = ANY;
        }
    }

    /** What two names that differ in digits only have in common. */
    private static String common(String one, String other) {
        return one.equals(other) ? one : DIGITS.matcher(one).replaceAll(ANY);
    }

    /** What it has in common with paths of the same kind. */
    List<?> keys() {
        return keys(path -> true);
    }

    /** That of the path without the steps that stand for any number in a row, which may be none. */
    List<?> shortestKeys() {
        return keys(path -> !path.repeated);
    }

    private List<?> keys(Predicate<PathTrie> which) {
        Deque<Key> keys = new ArrayDeque<>();
        for (PathTrie at = this; at.parent != null; at = at.parent) {
            if (which.test(at)) {
                keys.addFirst(at.key);
            }
        }
        return List.copyOf(keys);
    }

    List<PathStep> steps() {
        Deque<PathStep> steps = new ArrayDeque<>();
        for (PathTrie at = this; at.parent != null; at = at.parent) {
            steps.addFirst(new PathStep(at.key.kind, at.holder, at.key.owner, at.member, at.type, at.repeated));
        }
        return List.copyOf(steps);
    }

    private static Key key(PathStep step) {
        return switch (step.kind()) {
            case THREAD, LOCAL ->
                new Key(step.kind(), DIGITS.matcher(step.holder()).replaceAll(ANY), step.owner(), step.member());
            case ELEMENT, ENTRY, KEY -> new Key(step.kind(), step.holder(), step.owner(), ANY);
            // From node to node of a structure of the subject's own, left or right.
            case FIELD ->
                new Key(
                        step.kind(),
                        step.holder(),
                        step.owner(),
                        step.holder().equals(step.type()) ? ANY : step.member());
            default -> new Key(step.kind(), step.holder(), step.owner(), step.member());
        };
    }
}
