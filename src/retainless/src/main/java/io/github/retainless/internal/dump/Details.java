package io.github.retainless.internal.dump;

import io.github.retainless.internal.heap.HeapLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the objects on the paths are, by which field each holds the next, and what each retained object retains. */
final class Details {
    /** More keys than these are not read: they are for the eye. */
    private static final int MOST_KEYS = 1_000;

    /** A longer text is cut; the rendering cuts further. */
    private static final int LONGEST_TEXT = 200;

    private final HeapGraph graph;
    private final Search search;
    private final BitSet wanted;
    private final Map<Integer, String> types = new HashMap<>();
    private final Map<Integer, DumpClass> classes = new HashMap<>();
    private final Map<Integer, FieldLink> links = new HashMap<>();
    /**
     * The object that is the key of an entry on a path, the name of a thread; for an entry of a thread-local map the
     * thread-local.
     */
    private final Map<Integer, Long> names = new HashMap<>();

    private final Map<Long, FieldLink> statics = new HashMap<>();
    private final Map<Long, String> texts = new HashMap<>();
    final long[] retainedBytes;
    private final HeapLayout layout;

    /**
     * How an object holds the next one on a path.
     *
     * @param owner the class that declares the field, or null with an element of an array
     * @param field the field's name
     * @param index the index of an element
     */
    record FieldLink(@Nullable DumpClass owner, String field, int index) {}

    private Details(HeapGraph graph, Search search, BitSet wanted, HeapLayout layout) {
        this.graph = graph;
        this.search = search;
        this.wanted = wanted;
        this.layout = layout;
        retainedBytes = new long[graph.retained.size()];
    }

    /**
     * Reads them.
     *
     * @param wanted the objects on the paths
     */
    static Details read(HeapGraph graph, Search search, BitSet wanted, HeapLayout layout) throws IOException {
        Details details = new Details(graph, search, wanted, layout);
        graph.file.pass(details.new Objects());
        if (!details.names.isEmpty()) {
            details.findStatics();
            graph.file.pass(details.new Texts());
        }
        return details;
    }

    /** The name of an object's class. */
    String type(int node) {
        return types.getOrDefault(node, "java.lang.Object");
    }

    /** An object's class; null for an array of primitives and what is not on a path. */
    @Nullable
    DumpClass classOf(int node) {
        return classes.get(node);
    }

    /** How an object on a path is held by its parent. */
    FieldLink link(int node) {
        return links.getOrDefault(node, new FieldLink(null, "?", -1));
    }

    /** The key of an entry, or the name of a thread, as text; null if it has none that can be shown. */
    @Nullable
    String text(int node) {
        Long id = names.get(node);
        return id == null ? null : texts.get(id);
    }

    /** The static field that holds the thread-local of an entry of a thread's map; null if none does. */
    @Nullable
    FieldLink threadLocal(int entry) {
        Long id = names.get(entry);
        return id == null ? null : statics.get(id);
    }

    /** Which of the thread-locals and other names static fields hold. */
    private void findStatics() throws IOException {
        Set<Long> searched = new HashSet<>(names.values());
        // A thread-local that is gone is held by no field, though many hold null.
        searched.remove(0L);
        for (DumpClass type : graph.classes.all()) {
            for (DumpClass.Static field : type.statics) {
                if (searched.contains(field.value())) {
                    statics.put(field.value(), new FieldLink(type, graph.classes.text(field.nameId()), -1));
                }
            }
        }
    }

    /** The third pass. */
    private final class Objects implements DumpVisitor {
        private int node;

        private boolean begin(long id, long bytes) {
            node = graph.ids.of(id);
            int owner = search.owner(node);
            if (owner >= 0) {
                retainedBytes[owner] += bytes;
            }
            return wanted.get(node);
        }

        /** Whether an object is the next on a path; -1 if not. */
        private int next(long id) {
            int target = id == 0 ? ObjectIds.NONE : graph.ids.of(id);
            return target != ObjectIds.NONE
                            && wanted.get(target)
                            && search.parent(target) == node
                            && !links.containsKey(target)
                    ? target
                    : ObjectIds.NONE;
        }

        @Override
        public void classDump(DumpClass type) throws IOException {
            if (begin(type.id, 0)) {
                DumpClass known = graph.classes.get(type.id);
                types.put(node, "java.lang.Class");
                for (DumpClass.Static field : type.statics) {
                    int next = next(field.value());
                    if (next != ObjectIds.NONE) {
                        links.put(next, new FieldLink(known, graph.classes.text(field.nameId()), -1));
                    }
                }
            }
        }

        @Override
        public void instance(long id, long classId, int bytes, HprofInput input) throws IOException {
            DumpClass type = graph.classes.get(classId);
            if (!begin(id, type.instanceBytes)) {
                return;
            }
            types.put(node, type.name);
            classes.put(node, type);
            long start = input.position();
            for (DumpClass.Reference reference : type.references) {
                input.position(start + reference.offset());
                int next = next(input.id());
                if (next != ObjectIds.NONE) {
                    DumpClass owner = reference.owner();
                    links.put(
                            next, new FieldLink(owner, graph.classes.text(owner.fieldNameIds[reference.number()]), -1));
                }
            }
            if (type.use == DumpClass.Use.SOFT || type.use == DumpClass.Use.FINAL) {
                int next = next(field(type, DumpProtocol.REFERENCE, DumpProtocol.REFERENT, start, input));
                DumpClass owner = type;
                while (owner.superclass != null && !owner.name.equals(DumpProtocol.REFERENCE)) {
                    owner = owner.superclass;
                }
                if (next != ObjectIds.NONE) {
                    links.put(next, new FieldLink(owner, DumpProtocol.REFERENT, -1));
                }
            }
            name(type, start, input);
        }

        private void name(DumpClass type, long start, HprofInput input) throws IOException {
            if (type.isKindOf("java.lang.Thread")) {
                names.put(node, field(type, "java.lang.Thread", "name", start, input));
            } else if (type.name.equals("java.lang.ThreadLocal$ThreadLocalMap$Entry")) {
                names.put(node, field(type, DumpProtocol.REFERENCE, DumpProtocol.REFERENT, start, input));
            } else if (names.size() < MOST_KEYS && JdkCollections.isNode(type)) {
                for (DumpClass at = type; at != null; at = at.superclass) {
                    for (long nameId : at.fieldNameIds) {
                        if (graph.classes.text(nameId).equals("key")) {
                            names.put(node, field(type, at.name, "key", start, input));
                        }
                    }
                }
            }
        }

        private long field(DumpClass type, String owner, String field, long start, HprofInput input)
                throws IOException {
            input.position(start + type.offset(graph.classes, owner, field, input));
            return input.id();
        }

        @Override
        public void objectArray(long id, long classId, int length, HprofInput input) throws IOException {
            if (begin(id, layout.array(length, layout.referenceBytes()))) {
                DumpClass type = graph.classes.get(classId);
                types.put(node, type.name);
                classes.put(node, type);
                for (int i = 0; i < length; i++) {
                    int next = next(input.id());
                    if (next != ObjectIds.NONE) {
                        links.put(next, new FieldLink(null, "", i));
                    }
                }
            }
        }

        @Override
        public void primitiveArray(long id, FieldType type, int length, HprofInput input) {
            if (begin(id, layout.array(length, type.bytesInHeap(layout)))) {
                types.put(node, type.text() + "[]");
            }
        }
    }

    /** The fourth pass: texts of keys and names, a string and its characters in whatever order they come. */
    private final class Texts implements DumpVisitor {
        private final Set<Long> objects = new HashSet<>(names.values());
        private final Set<Integer> characters = new HashSet<>();
        private final Map<Long, byte[]> bytes = new HashMap<>();
        private final Map<Long, Long> valueOf = new HashMap<>();
        private final Set<Long> wide = new HashSet<>();

        private Texts() {
            for (long id : objects) {
                int node = id == 0 ? ObjectIds.NONE : graph.ids.of(id);
                int index = node == ObjectIds.NONE ? 0 : graph.firstEdge(node);
                if (index != 0) {
                    characters.add(HeapGraph.target(graph.edge(index)));
                }
            }
        }

        @Override
        public void instance(long id, long classId, int length, HprofInput input) throws IOException {
            if (!objects.contains(id)) {
                return;
            }
            DumpClass type = graph.classes.get(classId);
            long start = input.position();
            if (type.name.equals("java.lang.String")) {
                input.position(start + type.offset(graph.classes, type.name, "value", input));
                long value = input.id();
                valueOf.put(id, value);
                input.position(start + type.offset(graph.classes, type.name, "coder", input));
                if (input.u1() != 0) {
                    wide.add(id);
                }
                complete(id);
            } else {
                texts.put(id, number(type, start, input));
            }
        }

        private String number(DumpClass type, long start, HprofInput input) throws IOException {
            switch (type.name) {
                case "java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.lang.Byte":
                    input.position(start + type.offset(graph.classes, type.name, "value", input));
                    return Long.toString(
                            switch (type.fieldTypes[0]) {
                                case LONG -> input.u8();
                                case SHORT -> (short) input.u2();
                                case BYTE -> (byte) input.u1();
                                default -> input.i4();
                            });
                default:
                    return type.name.substring(type.name.lastIndexOf('.') + 1).replace('$', '.');
            }
        }

        @Override
        public void primitiveArray(long id, FieldType type, int length, HprofInput input) throws IOException {
            if (type == FieldType.BYTE && characters.contains(graph.ids.of(id))) {
                bytes.put(id, input.bytes(Math.min(length, 2 * LONGEST_TEXT)));
                for (long text : Set.copyOf(valueOf.keySet())) {
                    complete(text);
                }
            }
        }

        private void complete(long id) {
            byte[] value = bytes.get(valueOf.getOrDefault(id, 0L));
            if (value != null) {
                valueOf.remove(id);
                texts.put(id, '"' + (wide.contains(id) ? utf16(value) : latin1(value)) + '"');
            }
        }

        private String latin1(byte[] value) {
            return new String(value, 0, Math.min(value.length, LONGEST_TEXT), StandardCharsets.ISO_8859_1);
        }

        private String utf16(byte[] value) {
            return new String(value, layout.bigEndian() ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
    }
}
