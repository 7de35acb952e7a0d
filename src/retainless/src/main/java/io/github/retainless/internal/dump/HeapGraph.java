package io.github.retainless.internal.dump;

import io.github.retainless.experiment.PathStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a dump by number, and who refers to whom. With two references each, as is usual, 12 bytes for an
 * object.
 */
final class HeapGraph {
    /** The last reference of an object is marked by the sign. */
    private static final int LAST = Integer.MIN_VALUE;

    private static final int NUMBER = Integer.MAX_VALUE;

    final HprofFile file;
    final DumpClasses classes;
    final ObjectIds ids = new ObjectIds();
    final List<Root> roots = new ArrayList<>();
    final List<Root> stackRoots = new ArrayList<>();
    final Map<Integer, DumpClass> classNodes = new HashMap<>();
    final Map<Integer, DumpVisitor.GcRoot> threads = new HashMap<>();
    final Map<Integer, long[]> traces = new HashMap<>();
    final Map<Long, DumpVisitor.StackFrame> frames = new HashMap<>();
    /** Holder and referent by turns. */
    final Ints soft = new Ints();

    final Ints finalizable = new Ints();
    final List<Retained> retained = new ArrayList<>();

    private final DumpQuery query;
    private final Ints edges = new Ints();
    private Ints firstEdges = new Ints();
    private final List<DumpVisitor.GcRoot> gcRoots = new ArrayList<>();
    private final List<Root> outside = new ArrayList<>();

    /**
     * Something tracked that the dump still has.
     *
     * @param node its number
     * @param attempt the attempt that left it behind
     * @param part which part of the failure it is, a number that {@link DumpProtocol} explains
     */
    record Retained(int node, int attempt, int part) {}

    private HeapGraph(HprofFile file, DumpQuery query) {
        this.file = file;
        this.query = query;
        classes = new DumpClasses(file.input());
        edges.add(0); // so that 0 is nobody's first
    }

    /** Reads a dump, in two passes. */
    static HeapGraph read(HprofFile file, DumpQuery query) throws IOException {
        HeapGraph graph = new HeapGraph(file, query);
        file.pass(graph.new Names());
        graph.classes.link(query.layout());
        graph.ids.number();
        query.checkRoom(graph.ids.size());
        graph.firstEdges = new Ints(graph.ids.size());
        file.pass(graph.new Edges());
        graph.leaveOutCarriedOfExceptions();
        graph.collectRoots();
        return graph;
    }

    /** Leaves out what a retained exception carries: the path to the exception explains that too. */
    private void leaveOutCarriedOfExceptions() {
        BitSet withException = new BitSet();
        retained.stream()
                .filter(object -> DumpProtocol.isException(object.part()))
                .forEach(object -> withException.set(object.attempt()));
        retained.removeIf(object -> DumpProtocol.isCarried(object.part()) && withException.get(object.attempt()));
    }

    /** A wrong number would take as many bits as it is large. */
    private void checkAttempt(int attempt) throws IOException {
        if (attempt > query.lastAttempt()) {
            throw new IOException(
                    "it has something of attempt " + attempt + ", of which there were only " + query.attempts());
        }
    }

    int size() {
        return ids.size();
    }

    /** Where the references of an object begin, for {@link #target} and {@link #isLast}; 0 if it has none. */
    int firstEdge(int node) {
        return firstEdges.get(node);
    }

    int edge(int index) {
        return edges.get(index);
    }

    static int target(int edge) {
        return edge & NUMBER;
    }

    static boolean isLast(int edge) {
        return edge < 0;
    }

    private void collectRoots() {
        outside.sort(Comparator.comparingInt(root -> root.label().equals(Anchor.INSTANCE) ? 0 : 1));
        roots.addAll(outside);
        for (DumpClass type : classes.all()) {
            int node = ids.of(type.id);
            classNodes.put(node, type);
            if (type.use != DumpClass.Use.ANCHOR) {
                roots.add(new Root(PathStep.Kind.STATIC, node, "", 0, 0));
            }
        }
        for (DumpVisitor.GcRoot root : gcRoots) {
            int node = ids.of(root.id());
            if (node == ObjectIds.NONE) {
                continue;
            }
            switch (root.kind()) {
                case THREAD -> {
                    threads.put(root.thread(), root);
                    roots.add(new Root(PathStep.Kind.THREAD, node, "", root.thread(), 0));
                }
                case FRAME -> stackRoots.add(new Root(PathStep.Kind.LOCAL, node, "", root.thread(), root.frame()));
                case JNI_LOCAL ->
                    stackRoots.add(new Root(PathStep.Kind.NATIVE, node, "JNI local reference", root.thread(), 0));
                case JNI_GLOBAL -> roots.add(new Root(PathStep.Kind.NATIVE, node, "JNI global reference", 0, 0));
                case MONITOR -> stackRoots.add(new Root(PathStep.Kind.NATIVE, node, "monitor in use", 0, 0));
                case OTHER -> roots.add(new Root(PathStep.Kind.NATIVE, node, "the JVM", 0, 0));
                case CLASS -> {}
            }
        }
        roots.sort(Comparator.comparingInt(HeapGraph::rank));
        stackRoots.sort(Comparator.comparingInt(HeapGraph::rank));
        gcRoots.clear();
    }

    /** What is outside first, then statics, threads, and the rest: the first to reach an object gives it its path. */
    private static int rank(Root root) {
        return switch (root.kind()) {
            case OUTSIDE -> 0;
            case STATIC -> 1;
            case THREAD, LOCAL -> 2;
            default -> 3;
        };
    }

    /** The first pass: what there is. */
    private final class Names implements DumpVisitor {
        @Override
        public void string(long id, long position, int bytes) {
            classes.addString(id, position, bytes);
        }

        @Override
        public void loadedClass(int serial, long id, long nameId) {
            classes.addLoaded(serial, id, nameId);
        }

        @Override
        public void frame(StackFrame frame) {
            frames.put(frame.id(), frame);
        }

        @Override
        public void trace(int serial, long[] frameIds) {
            traces.put(serial, frameIds);
        }

        @Override
        public void root(GcRoot root) {
            gcRoots.add(root);
        }

        @Override
        public void classDump(DumpClass type) {
            classes.add(type);
            ids.add(type.id);
        }

        @Override
        public void instance(long id, long classId, int bytes, HprofInput input) {
            ids.add(id);
        }

        @Override
        public void objectArray(long id, long classId, int length, HprofInput input) {
            ids.add(id);
        }

        @Override
        public void primitiveArray(long id, FieldType type, int length, HprofInput input) {
            ids.add(id);
        }
    }

    /** The second pass: who refers to whom. */
    private final class Edges implements DumpVisitor {
        private int node;
        private int first;
        private @Nullable DumpClass lastClass;

        private void begin(long id) {
            node = ids.of(id);
            first = edges.size();
        }

        private void refer(long id) {
            if (id != 0) {
                int target = ids.of(id);
                if (target != ObjectIds.NONE && target != node) {
                    edges.add(target);
                }
            }
        }

        private void end() {
            int last = edges.size() - 1;
            if (last >= first) {
                edges.set(last, edges.get(last) | LAST);
                firstEdges.set(node, first);
            }
        }

        @Override
        public void classDump(DumpClass type) {
            begin(type.id);
            for (DumpClass.Static field : type.statics) {
                refer(field.value());
            }
            end();
        }

        @Override
        public void instance(long id, long classId, int bytes, HprofInput input) throws IOException {
            DumpClass type = lastClass;
            if (type == null || type.id != classId) {
                type = classes.get(classId);
                lastClass = type;
            }
            if (type.dumpBytes != bytes) {
                throw new IOException("an object at byte " + input.position() + " has " + bytes + " bytes; its class "
                        + type + " has " + type.dumpBytes);
            }
            begin(id);
            long start = input.position();
            if (type.use != DumpClass.Use.PLAIN) {
                special(type, start, input);
            }
            if (type.use != DumpClass.Use.ANCHOR) {
                for (DumpClass.Reference reference : type.references) {
                    input.position(start + reference.offset());
                    refer(input.id());
                }
            }
            end();
        }

        @Override
        public void objectArray(long id, long classId, int length, HprofInput input) throws IOException {
            begin(id);
            for (int i = 0; i < length; i++) {
                refer(input.id());
            }
            end();
        }

        private void special(DumpClass type, long start, HprofInput input) throws IOException {
            switch (type.use) {
                case SOFT -> defer(soft, type, start, input);
                case FINAL -> defer(finalizable, type, start, input);
                case TRACKED -> {
                    int node = referent(type, start, input);
                    int attempt = integer(type, DumpProtocol.TRACKED_ATTEMPT, start, input);
                    if (node != ObjectIds.NONE
                            && attempt > query.warmup()
                            && integer(type, DumpProtocol.TRACKED_WATCH, start, input) == query.watch()) {
                        checkAttempt(attempt);
                        if (query.retained().get(attempt)) {
                            int part = integer(type, DumpProtocol.TRACKED_PART, start, input);
                            retained.add(new Retained(node, attempt, part));
                        }
                    }
                }
                case ANCHOR -> {
                    int anchored = reference(type, type.name, DumpProtocol.ANCHOR_OBJECT, start, input);
                    if (anchored != ObjectIds.NONE
                            && integer(type, DumpProtocol.ANCHOR_WATCH, start, input) == query.watch()) {
                        String label = Anchor.LABELS.get(integer(type, DumpProtocol.ANCHOR_LABEL, start, input));
                        outside.add(new Root(PathStep.Kind.OUTSIDE, anchored, label, 0, 0));
                    }
                }
                case PLAIN, WEAK -> {}
            }
        }

        private void defer(Ints list, DumpClass type, long start, HprofInput input) throws IOException {
            int referent = referent(type, start, input);
            if (referent != ObjectIds.NONE) {
                list.add(node);
                list.add(referent);
            }
        }

        private int referent(DumpClass type, long start, HprofInput input) throws IOException {
            return reference(type, DumpProtocol.REFERENCE, DumpProtocol.REFERENT, start, input);
        }

        private int reference(DumpClass type, String owner, String field, long start, HprofInput input)
                throws IOException {
            input.position(start + type.offset(classes, owner, field, input));
            return ids.of(input.id());
        }

        private int integer(DumpClass type, String field, long start, HprofInput input) throws IOException {
            input.position(start + type.offset(classes, type.name, field, input));
            return input.i4();
        }
    }
}
