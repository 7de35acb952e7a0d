package io.github.retainless.internal.dump;

import io.github.retainless.experiment.PathStep;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes steps of the references on a path, as somebody would tell them who knows the JDK. */
final class PathDescriber {
    private final HeapGraph graph;
    private final Search search;
    private final Details details;
    private final PathTrie start = PathTrie.start();
    private final Map<Integer, Position> known = new HashMap<>();

    /**
     * Where a path has come to: the steps so far, and the collection, or thread, whose insides it is in.
     *
     * @param fold the class of the collection; the class of the thread while in the thread's thread-locals; null if in
     *     neither
     */
    private record Position(PathTrie path, @Nullable DumpClass fold) {}

    PathDescriber(HeapGraph graph, Search search, Details details) {
        this.graph = graph;
        this.search = search;
        this.details = details;
    }

    /** All objects on the paths of the retained objects. */
    static BitSet on(HeapGraph graph, Search search) {
        BitSet nodes = new BitSet();
        for (HeapGraph.Retained retained : graph.retained) {
            for (int node = retained.node(); node >= 0 && !nodes.get(node); node = search.parent(node)) {
                nodes.set(node);
                Root root = search.root(node);
                DumpVisitor.GcRoot thread = root == null ? null : graph.threads.get(root.thread());
                if (thread != null) {
                    nodes.set(graph.ids.of(thread.id()));
                }
            }
        }
        return nodes;
    }

    /** The path to a retained object; the empty one if nothing is known to hold it. */
    PathTrie to(int retained) throws IOException {
        Deque<Integer> ahead = new ArrayDeque<>();
        int node = retained;
        while (node >= 0 && !known.containsKey(node)) {
            ahead.push(node);
            node = search.parent(node);
        }
        for (int next : ahead) {
            int parent = search.parent(next);
            known.put(next, parent < 0 ? root(next) : step(Objects.requireNonNull(known.get(parent)), parent, next));
        }
        return Objects.requireNonNull(known.get(retained)).path();
    }

    private Position root(int node) throws IOException {
        Root root = search.root(node);
        if (root == null
                || root.kind() == PathStep.Kind.STATIC
                || root.label().isEmpty() && root.kind() == PathStep.Kind.NATIVE) {
            return new Position(start, null);
        }
        String type = details.type(node);
        PathStep step =
                switch (root.kind()) {
                    case THREAD -> new PathStep(root.kind(), threadName(root), "", "", type, false);
                    case LOCAL -> local(root, type);
                    default -> new PathStep(root.kind(), root.label(), "", "", type, false);
                };
        return new Position(start.then(step), null);
    }

    private String threadName(Root root) {
        DumpVisitor.GcRoot thread = graph.threads.get(root.thread());
        String name = thread == null ? null : details.text(graph.ids.of(thread.id()));
        return name == null ? "" : name.substring(1, name.length() - 1);
    }

    private PathStep local(Root root, String type) throws IOException {
        DumpVisitor.GcRoot thread = graph.threads.get(root.thread());
        long[] frames = thread == null ? null : graph.traces.get(thread.trace());
        if (frames == null || root.frame() < 0 || root.frame() >= frames.length) {
            return new PathStep(root.kind(), threadName(root), "", "", type, false);
        }
        DumpVisitor.StackFrame frame = graph.frames.get(frames[root.frame()]);
        if (frame == null) {
            return new PathStep(root.kind(), threadName(root), "", "", type, false);
        }
        DumpClass owner = graph.classes.bySerial(frame.classSerial());
        String file = frame.fileId() == 0 ? "?" : graph.classes.text(frame.fileId());
        String line = frame.line() > 0 ? ":" + frame.line() : "";
        return new PathStep(
                root.kind(),
                threadName(root),
                owner == null ? "" : owner.name,
                graph.classes.text(frame.methodId()) + (file.equals("?") ? "" : "(" + file + line + ")"),
                type,
                false);
    }

    private Position step(Position place, int parent, int node) throws IOException {
        Details.FieldLink link = details.link(node);
        DumpClass owner = link.owner();
        if (graph.classNodes.containsKey(parent) && owner != null) {
            return place(
                    place,
                    new PathStep(
                            PathStep.Kind.STATIC, owner.name, owner.name, link.field(), details.type(node), false));
        }
        DumpClass holder = details.classOf(parent);
        DumpClass fold = place.fold();
        if (fold == null) {
            fold = owner == null || holder == null ? null : foldBegun(holder, owner, link.field());
        }
        if (fold != null && isInside(fold, link, node)) {
            return new Position(place.path(), fold);
        }
        String type = details.type(node);
        if (fold == null) {
            String holderName = details.type(parent);
            return place(
                    place,
                    owner == null
                            ? new PathStep(PathStep.Kind.ELEMENT, holderName, holderName, index(link), type, false)
                            : new PathStep(PathStep.Kind.FIELD, holderName, owner.name, link.field(), type, false));
        }
        return place(place, isThread(fold) ? threadLocal(fold, parent, type) : element(fold, link, parent, type));
    }

    private static Position place(Position before, PathStep step) {
        return new Position(before.path().then(step), null);
    }

    private static @Nullable DumpClass foldBegun(DumpClass holder, DumpClass owner, String field) {
        boolean isThreadLocals = isThread(holder)
                && owner.name.equals("java.lang.Thread")
                && (field.equals("threadLocals") || field.equals("inheritableThreadLocals"));
        boolean isJdkCollection = owner.name.startsWith("java.util.") && JdkCollections.isCollection(holder);
        return isThreadLocals || isJdkCollection ? holder : null;
    }

    private static boolean isThread(DumpClass type) {
        return type.isKindOf("java.lang.Thread");
    }

    private boolean isInside(DumpClass fold, Details.FieldLink link, int node) {
        DumpClass type = details.classOf(node);
        if (type == null) {
            return false;
        }
        if (isThread(fold)) {
            return !link.field().equals("value");
        }
        if (link.owner() == null) {
            return JdkCollections.isNode(type);
        }
        return switch (link.field()) {
            case "item", "value", "val", "key" -> false;
            default -> type.isArray() || JdkCollections.isNode(type) || JdkCollections.isCollection(type);
        };
    }

    private PathStep element(DumpClass collection, Details.FieldLink link, int parent, String type) {
        if (JdkCollections.isMap(collection)) {
            PathStep.Kind kind = JdkCollections.isKey(collection, link) ? PathStep.Kind.KEY : PathStep.Kind.ENTRY;
            String key = details.text(parent);
            return new PathStep(kind, collection.name, collection.name, key == null ? PathTrie.ANY : key, type, false);
        }
        String index = link.owner() == null && JdkCollections.isOrdered(collection) ? index(link) : PathTrie.ANY;
        return new PathStep(PathStep.Kind.ELEMENT, collection.name, collection.name, index, type, false);
    }

    private static String index(Details.FieldLink link) {
        return link.index() < 0 ? PathTrie.ANY : Integer.toString(link.index());
    }

    private PathStep threadLocal(DumpClass thread, int entry, String type) {
        Details.FieldLink field = details.threadLocal(entry);
        DumpClass owner = field == null ? null : field.owner();
        return new PathStep(
                PathStep.Kind.THREAD_LOCAL,
                thread.name,
                owner == null ? "" : owner.name,
                field == null ? "" : field.field(),
                type,
                false);
    }
}
